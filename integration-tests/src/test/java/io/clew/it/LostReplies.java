package io.clew.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Loses every reply to an action on its way; whoever sent it believes it has arrived. */
final class LostReplies {
    private final AtomicInteger lost = new AtomicInteger();

    int lost() {
        return lost.get();
    }

    @SuppressWarnings("unchecked") // The proxy implements the very interface it stands before.
    Producer<byte[], byte[]> before(Producer<byte[], byte[]> real) {
        return (Producer<byte[], byte[]>)
                Proxy.newProxyInstance(
                        Producer.class.getClassLoader(),
                        new Class<?>[] {Producer.class},
                        (proxy, method, arguments) -> call(real, method, arguments));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It is the caller's, though not by its type.
    private Object call(Producer<byte[], byte[]> real, Method method, Object[] arguments)
            throws Throwable {
        if (method.getName().equals("send")
                && arguments[0] instanceof ProducerRecord<?, ?> reply
                && isOfAction(reply)) {
            lost.incrementAndGet();
            TopicPartition partition = new TopicPartition(reply.topic(), reply.partition());
            return CompletableFuture.completedFuture(new RecordMetadata(partition, 0, 0, 0, 0, 0));
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static boolean isOfAction(ProducerRecord<?, ?> reply) {
        byte[] direction = reply.headers().lastHeader("ce_sagadirection").value();
        return "action".equals(new String(direction, UTF_8));
    }
}
