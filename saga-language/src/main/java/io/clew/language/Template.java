package io.clew.language;

import io.clew.language.expression.Expression;
import io.clew.language.expression.Shaper;
import io.clew.language.expression.Values;
import io.clew.saga.MappingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** The compiled form of what stands under {@code with}. */
sealed interface Template {

    /** The Avro value over these variables. */
    @Nullable Object make(Values values);

    /** One expression that feeds one field. */
    record Leaf(String target, Expression expression, Shaper shaper) implements Template {
        @Override
        public @Nullable Object make(Values values) {
            try {
                return shaper.shape(expression.evaluate(values));
            } catch (MappingException e) {
                throw new MappingException(target + ": " + e.getMessage(), e);
            }
        }
    }

    /** One field of a record. */
    record Part(int position, Template template) {}

    /** A record; the fields that are not written have their defaults. */
    record Fields(Schema schema, List<Part> parts, List<Constant> defaults) implements Template {
        public Fields {
            parts = List.copyOf(parts);
            defaults = List.copyOf(defaults);
        }

        @Override
        public Object make(Values values) {
            GenericData.Record record = new GenericData.Record(schema);
            for (Constant constant : defaults) {
                record.put(constant.position(), constant.value());
            }
            for (Part part : parts) {
                record.put(part.position(), part.template().make(values));
            }
            return record;
        }
    }

    /** A field that always has its default. */
    record Constant(int position, @Nullable Object value) {}

    /** A list written item by item. */
    record Items(List<Template> items) implements Template {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public Object make(Values values) {
            List<@Nullable Object> made = new ArrayList<>(items.size());
            for (Template item : items) {
                made.add(item.make(values));
            }
            return made;
        }
    }

    /** A map written entry by entry. */
    record Entries(Map<String, Template> entries) implements Template {
        @Override
        public Object make(Values values) {
            Map<String, @Nullable Object> made = new TreeMap<>();
            entries.forEach((key, template) -> made.put(key, template.make(values)));
            return made;
        }
    }
}
