package io.clew.it.faults;

/** What can go wrong, and goes wrong here on purpose. */
enum Fault {
    COORDINATOR_KILLED("kill -9 of a coordinator"),
    COORDINATORS_KILLED("kill -9 of all coordinators at once"),
    COORDINATOR_FROZEN("coordinator frozen beyond its session"),
    COORDINATOR_STOPPED("clean stop and start of a coordinator"),
    COORDINATORS_ROLLED("rolling restart of all coordinators"),
    COORDINATOR_WIPED("kill -9 of a coordinator, its state wiped"),
    COORDINATOR_CUT_OFF("network between a coordinator and the brokers cut"),
    COORDINATOR_HOST_CUT_OFF("host of a coordinator off the network: no packet passes"),
    COORDINATOR_FAR_AWAY("network between a coordinator and the brokers slow"),
    COORDINATOR_DISK_FULL("full disk on a coordinator, killed and started on it"),
    COORDINATOR_CLOCK_MOVED("clock of a coordinator off by up to half an hour"),
    FROZEN_WITHOUT_REGISTRY("coordinator frozen while the registry is down"),
    FROZEN_AND_CHANGED("coordinator frozen, meanwhile a new definition, a pause, no registry"),
    SERVICE_KILLED("kill -9 of a service"),
    SERVICE_FROZEN("service frozen beyond its session"),
    SERVICE_STOPPED("clean stop and start of a service"),
    BROKER_KILLED("kill -9 of a broker, and its return"),
    BROKER_FROZEN("broker frozen beyond its session"),
    POSTGRES_RESTARTED("PostgreSQL restarted"),
    REGISTRY_DOWN("registry down");

    private final String title;

    Fault(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
