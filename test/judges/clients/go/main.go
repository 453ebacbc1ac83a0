// A round with the client that oapi-codegen makes: API URL, key, project, hook URL and event id in, JSON out.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"ancrage.judges/client/client"
)

const eventType = "invoice.paid"

func main() {
	url, key, project, hook, eventID := os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5]
	ctx := context.Background()
	withKey := func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+key)
		return nil
	}
	api, err := client.NewClientWithResponses(url, client.WithRequestEditorFn(withKey))
	check(err)

	var schema client.DataSchema
	check(schema.FromDataObjectSchema(client.DataObjectSchema{
		Type:                 ptr[any]("object"),
		AdditionalProperties: map[string]any{"required": []string{"total"}},
	}))
	typed, err := api.PutEventTypeWithResponse(ctx, project, eventType, client.EventTypeSettings{
		Description: ptr("Paid"),
		Schema:      &schema,
	})
	check(err)

	var retry client.RetryPolicy
	check(retry.FromRetrySchedule(client.RetryScheduleNone))
	created, err := api.CreateSubscriptionWithResponse(ctx, project, nil, client.NewSubscription{
		Url:       hook,
		Events:    []string{eventType},
		Retry:     &retry,
		RateLimit: &client.RateLimit{PerSecond: 100},
	})
	check(err)
	schedule, err := created.JSON201.Retry.AsRetrySchedule()
	check(err)

	publish := func(data map[string]any) *client.PublishEventsResponse {
		var body client.NewEventOrEvents
		check(body.FromNewEvent(client.NewEvent{Type: eventType, Id: &eventID, Data: data}))
		response, err := api.PublishEventsWithResponse(ctx, project, nil, body)
		check(err)
		return response
	}
	accepted, err := publish(map[string]any{"total": 120.5}).JSON202.AsAcceptedEvent()
	check(err)
	problem := publish(map[string]any{}).ApplicationproblemJSON422
	paths := []string{}
	for _, fault := range *problem.Errors {
		paths = append(paths, fault.Path)
	}

	var attempts []client.Attempt
	for len(attempts) == 0 {
		time.Sleep(100 * time.Millisecond)
		page, err := api.ListAttemptsOfEventWithResponse(ctx, project, eventID, nil)
		check(err)
		// Until the event is stored, it is not found.
		if page.JSON200 != nil {
			attempts = page.JSON200.Data
		}
	}
	attempt := attempts[0]

	text, err := json.Marshal(map[string]any{
		"eventType":    typed.JSON200.Type,
		"subscription": created.JSON201.Id,
		"retry":        schedule,
		"mode":         created.JSON201.Health.Mode,
		"accepted":     accepted.Id,
		"problem":      map[string]any{"status": problem.Status, "paths": paths},
		"attempt": map[string]any{
			"subscription": attempt.SubscriptionId,
			"outcome":      attempt.Outcome,
			"status":       attempt.Response.Status,
			"error":        attempt.Error,
		},
	})
	check(err)
	fmt.Print(string(text))
}

func ptr[T any](value T) *T { return &value }

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
