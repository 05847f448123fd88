package io.clew.it.system;

import com.fasterxml.jackson.databind.JsonNode;

/** What an app says about its own health, check by check. */
public record Health(Rest.Answer answer) {

    public static Health of(Rest app) {
        return new Health(app.get("/q/health"));
    }

    /** UP or DOWN; empty if there is no such check. */
    public String status(String check) {
        return find(check).path("status").asText();
    }

    /** One line of what a check has to say; empty if it says nothing under that name. */
    public String data(String check, String name) {
        return find(check).path("data").path(name).asText();
    }

    private JsonNode find(String name) {
        for (JsonNode check : answer.body().path("checks")) {
            if (name.equals(check.path("name").asText())) {
                return check;
            }
        }
        return answer.body().path("no such check");
    }
}
