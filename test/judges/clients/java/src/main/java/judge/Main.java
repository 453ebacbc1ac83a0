package judge;

import com.google.gson.Gson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.EventTypesApi;
import org.openapitools.client.api.EventsApi;
import org.openapitools.client.api.SubscriptionsApi;
import org.openapitools.client.model.Attempt;
import org.openapitools.client.model.DataObjectSchema;
import org.openapitools.client.model.DataSchema;
import org.openapitools.client.model.EventTypeSettings;
import org.openapitools.client.model.NewEvent;
import org.openapitools.client.model.NewEventOrEvents;
import org.openapitools.client.model.NewSubscription;
import org.openapitools.client.model.Problem;
import org.openapitools.client.model.ProblemErrorsInner;
import org.openapitools.client.model.RateLimit;
import org.openapitools.client.model.RetryPolicy;
import org.openapitools.client.model.RetrySchedule;

/** A round with the client that openapi-generator makes: API URL, key, project, hook URL and event id in, JSON out. */
public final class Main {
  private static final String TYPE = "invoice.paid";

  public static void main(String[] args) throws Exception {
    String project = args[2];
    String hook = args[3];
    String eventId = args[4];
    ApiClient client = new ApiClient().setBasePath(args[0]);
    client.setBearerToken(args[1]);
    EventsApi events = new EventsApi(client);

    DataObjectSchema schema = new DataObjectSchema().type("object");
    schema.putAdditionalProperty("required", List.of("total"));
    var eventType =
        new EventTypesApi(client)
            .putEventType(
                project,
                TYPE,
                new EventTypeSettings().description("Paid").schema(new DataSchema(schema)));

    var wanted =
        new NewSubscription()
            .url(hook)
            .events(List.of(TYPE))
            .retry(new RetryPolicy(RetrySchedule.NONE))
            .rateLimit(new RateLimit().perSecond(100));
    var subscription = new SubscriptionsApi(client).createSubscription(project, wanted, null);

    var accepted = events.publishEvents(project, event(eventId, Map.of("total", 120.5)), null);
    Problem problem = null;
    try {
      events.publishEvents(project, event(eventId, Map.of()), null);
    } catch (ApiException error) {
      problem = Problem.fromJson(error.getResponseBody());
    }

    List<Attempt> attempts = List.of();
    while (attempts.isEmpty()) {
      Thread.sleep(100);
      try {
        attempts = events.listAttemptsOfEvent(project, eventId, null, null, null, null, null, null).getData();
      } catch (ApiException error) {
        // Until the event is stored, it is not found.
        if (error.getCode() != 404) throw error;
      }
    }
    Attempt attempt = attempts.get(0);

    var shown = new LinkedHashMap<String, Object>();
    shown.put("subscription", attempt.getSubscriptionId());
    shown.put("outcome", attempt.getOutcome().getValue());
    shown.put("status", attempt.getResponse().getStatus());
    shown.put("error", attempt.getError());
    var result =
        Map.of(
            "eventType", eventType.getType(),
            "subscription", subscription.getId(),
            "retry", subscription.getRetry().getActualInstance(),
            "mode", subscription.getHealth().getMode().getValue(),
            "accepted", accepted.getAcceptedEvent().getId(),
            "problem",
                Map.of(
                    "status", problem.getStatus(),
                    "paths", problem.getErrors().stream().map(ProblemErrorsInner::getPath).toList()),
            "attempt", shown);
    System.out.print(new Gson().newBuilder().serializeNulls().create().toJson(result));
  }

  private static NewEventOrEvents event(String id, Map<String, Object> data) {
    return new NewEventOrEvents(new NewEvent().type(TYPE).id(id).data(data));
  }
}
