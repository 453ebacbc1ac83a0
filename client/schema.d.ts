/** Made by `npm run openapi`. */

export interface paths {
    "/v1/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List projects */
        get: operations["listProjects"];
        put?: never;
        /**
         * Create a project
         * @description The project starts with Weavy’s six standard event types.
         */
        post: operations["createProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a project */
        get: operations["getProject"];
        put?: never;
        post?: never;
        /**
         * Delete a project
         * @description The project disappears at once, with its keys, subscriptions and event types. Its events and attempts expire when they would have anyway; its id cannot be reused for the longest `retentionDays` that it ever had.
         */
        delete: operations["deleteProject"];
        options?: never;
        head?: never;
        /**
         * Change a project
         * @description New `retentionDays` apply to events that are published from then on.
         */
        patch: operations["changeProject"];
        trace?: never;
    };
    "/v1/projects/{project}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what a project uses of its limits
         * @description The limits are settings of the stage. Beyond `events` and `bytesToday`, publishing over HTTPS is a 429 with `Retry-After`, and events from the queue wait. Beyond `loggedBytesToday`, attempts are logged in 1 KB. Beyond the others, creations and tests are a 429.
         */
        get: operations["getProjectUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the caller’s key
         * @description The key’s project and scopes. For a token, the key that it was issued for.
         */
        get: operations["getOwnKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke the caller’s token
         * @description Send the token that `POST /v1/Authenticate` issued. Functions may accept it for up to another minute.
         */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List keys */
        get: operations["listKeys"];
        put?: never;
        /** Create a key */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a key
         * @description The key and its tokens change nothing from then on. They may read and publish for another minute.
         */
        delete: operations["deleteKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List event types */
        get: operations["listEventTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/event-types/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show an event type */
        get: operations["getEventType"];
        /**
         * Register or replace an event type
         * @description A new schema takes effect within a minute, for events that are accepted from then on. Names that start with `ancrage.` are reserved.
         */
        put: operations["putEventType"];
        post?: never;
        /**
         * Remove an event type
         * @description Events of the type are still accepted, without validation.
         */
        delete: operations["deleteEventType"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/event-types/{type}/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show sample data */
        get: operations["listSamples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/presets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List presets: event types of known systems */
        get: operations["listPresets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/presets/{preset}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Load a preset
         * @description Registers the preset’s event types with descriptions and samples. Types that the project already has are left unchanged, so the request may be repeated.
         */
        put: operations["loadPreset"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List events */
        get: operations["listEvents"];
        put?: never;
        /**
         * Publish events
         * @description One event, or an array of at most 100: if one is invalid, none is accepted. Up to 1 MB per event (256 KB if the stage writes format 1) and 1 MB in total.
         *
         *     The content type identifies CloudEvents in structured mode. With the headers `ce-specversion`, `ce-id`, `ce-source`, `ce-type` and `ce-` with any other attribute, the body is the data of a CloudEvent in binary mode, whose content type says whether it is JSON, text (`text/*` and XML) or bytes. If an event’s type has a schema, its data must match.
         */
        post: operations["publishEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an event and its deliveries
         * @description A published event appears a moment after the 202.
         */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the attempts of a project
         * @description Those of all its subscriptions, test requests included. An attempt appears when the invocation that made it ends: within seconds as a rule, 75 seconds later at most. An attempt may be missing here: its reference is written once, and a write that fails is not repaired. Attempts of before the upgrade to version 0.2 are missing. The lists of a subscription’s and of an event’s attempts are complete.
         */
        get: operations["listAttempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/events/{id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the attempts to deliver an event */
        get: operations["listAttemptsOfEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/events/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries of an event
         * @description The deliveries that were attempted or are held. A page looks at a thousand subscriptions at most, so with a filter it may be empty although another one follows.
         */
        get: operations["listDeliveriesOfEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/events/{id}/attempts/{attempt}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an attempt with all that is kept of it
         * @description Of failures, and with `log: "full"` of successes, every header and up to 16 KB of each body. Lists show about 1 KB.
         */
        get: operations["getAttempt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List subscriptions */
        get: operations["listSubscriptions"];
        put?: never;
        /** Create a subscription */
        post: operations["createSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/subscriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a subscription */
        get: operations["getSubscription"];
        put?: never;
        post?: never;
        /** Delete a subscription */
        delete: operations["deleteSubscription"];
        options?: never;
        head?: never;
        /**
         * Change a subscription
         * @description A new `url`, or enabling the subscription again, resets its health. Pausing it holds what is due; nothing is lost.
         */
        patch: operations["changeSubscription"];
        trace?: never;
    };
    "/v1/projects/{project}/subscriptions/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the signing secret */
        get: operations["getSigningSecret"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/subscriptions/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the signing secret
         * @description During the overlap every request carries both signatures, separated by a space.
         */
        post: operations["rotateSigningSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/subscriptions/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a subscription
         * @description Ends a pause, by its owner or because the endpoint is down, and enables the subscription if it was disabled. Retries that an outage delayed are due now. The endpoint is sent one request at first, and more as it answers.
         */
        post: operations["resumeSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/subscriptions/{id}/send-now": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send pending deliveries now
         * @description Everything that waits is due now, whatever its schedule, and is sent as fast as the endpoint can take it. If the endpoint is down, this ends the pause.
         */
        post: operations["sendPendingDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/subscriptions/{id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List attempts: the request log */
        get: operations["listAttemptsOfSubscription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/subscriptions/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List pending deliveries
         * @description Everything that waits: for its next attempt, for its turn, or until the endpoint works again.
         */
        get: operations["listPendingDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/subscriptions/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test request
         * @description Sends one request now, with the header `ancrage-test`, and waits up to 25 s for the response. It has made-up data or a sample, and is sent even if the subscription is disabled or its condition does not hold; a published event is sent only if you name it, the subscription receives its type and the condition holds. The attempt appears in the request log, is not retried and does not count against the endpoint. If it succeeds although the endpoint was down, the next probe follows within a minute. A request with `ancrage-hops` above 0, so from a webhook of Ancrage, is rejected with 422.
         */
        post: operations["testSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/subscriptions/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview the request for an event
         * @description Sends nothing.
         */
        post: operations["previewSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/subscriptions/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview the request for settings that are not saved
         * @description Stores and sends nothing. The request is signed with the given secret, or with a generated one.
         */
        post: operations["previewSubscriptionDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/traffic": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a project’s attempts over time
         * @description Every step, oldest first, including steps without attempts. Counts are kept for eight days.
         */
        get: operations["getProjectTraffic"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how a project is doing
         * @description What fails now, what waits, and what was sent. The number of reads does not depend on the size of the project.
         */
        get: operations["getProjectSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/subscriptions/{id}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the recent performance of a subscription’s endpoint */
        get: operations["getSubscriptionStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/subscriptions/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay a subscription’s deliveries
         * @description A request with `ancrage-hops` above 0, so from a webhook of Ancrage, is rejected with 422.
         */
        post: operations["replaySubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/subscriptions/{id}/jobs/{job}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the progress of a replay
         * @description A job can be looked up for 30 days.
         */
        get: operations["getReplayJob"];
        put?: never;
        post?: never;
        /**
         * Cancel a replay
         * @description The rest of its deliveries is not made. Those in the subscription’s mailbox already, at most 100, still are. A job that has ended stays as it is.
         */
        delete: operations["cancelReplayJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/subscriptions/{id}/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a subscription’s replays
         * @description The jobs of the last 30 days, the newest first.
         */
        get: operations["listReplayJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/deliveries/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make some deliveries again
         * @description All of them or, if one cannot be made, none. Each is made as by the replay of its event for one subscription. A request with `ancrage-hops` above 0, so from a webhook of Ancrage, is rejected with 422.
         */
        post: operations["resendDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/events/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay an event
         * @description A request with `ancrage-hops` above 0, so from a webhook of Ancrage, is rejected with 422.
         */
        post: operations["replayEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/events/{id}/data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Erase an event’s data
         * @description Its id, type, source and times stay, and the outcomes, statuses and times of its attempts. Deliveries that wait end as `erased`, and no request that begins ten seconds later has the data. It may be repeated, and also takes the event’s id of a test request, whose attempt has a copy of another event’s data.
         */
        delete: operations["eraseEventData"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List erasures
         * @description The jobs of the last 30 days, the newest first.
         */
        get: operations["listErasures"];
        put?: never;
        /**
         * Erase the data of an actor’s events
         * @description A job looks at all events of the project that were accepted until now, and erases the data of those that the actor caused. Only the `actor` of an event is looked at, not its data. After four minutes the job looks at the latest events again, for those that were accepted before the request and stored later; another job may run meanwhile.
         */
        post: operations["startErasure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/erasures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the progress of an erasure
         * @description A job can be looked up for 30 days.
         */
        get: operations["getErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{project}/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a project’s jobs
         * @description The replays of all subscriptions, and for keys with the scope `manage` the erasures, of the last 30 days, the newest first. Replays that were started before the upgrade to 0.2 appear only in the list of their subscription.
         */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/Authenticate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a token for a key
         * @description The token is valid for 12 hours, or until the key is deleted. `/v1/authenticate` works as well.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/EntryPoints/{project}/process/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Subscribe, unsubscribe or list samples
         * @description The path is case-insensitive, and its final slash is optional. Subscribing and unsubscribing need the scope `manage`, listing samples needs `read`, and may be a GET with `event` in the query. A hook that answers 410 is removed.
         */
        post: operations["processEntryPoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/resource/{doctype}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks or their requests
         * @description Unknown parameters are ignored, except `group_by`, which is rejected.
         */
        get: operations["listDocuments"];
        put?: never;
        /**
         * Create a webhook
         * @description A webhook is a subscription, which the native API shows as well.
         */
        post: operations["createDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/resource/{doctype}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a webhook or a request
         * @description Values of headers are `***`, except those of `content-type`, `accept` and `user-agent`; sending `***` back leaves them unchanged. Signatures of a request, and what may be a credential in a URL, are masked unless the key has the scope `manage`.
         */
        get: operations["getDocument"];
        /**
         * Change a webhook
         * @description Changes the fields that are sent. A table that is sent replaces the previous one.
         */
        put: operations["updateDocument"];
        post?: never;
        /** Delete a webhook */
        delete: operations["deleteDocument"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/method/{method}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call a method
         * @description The methods are `ping`, `frappe.auth.get_logged_user` and, for the two DocTypes, `get`, `get_list`, `get_count`, `get_value`, `insert`, `insert_many`, `set_value`, `save`, `bulk_update`, `rename_doc` and `delete` of `frappe.client`, with Frappe’s arguments, in the query or the body. What only reads needs the scope `read` and may be a GET; everything else needs `manage`. `/api/v1/…` has the same resources and methods, `/api/v2/…` methods and `/api/v2/document/{doctype}/{name}`, whose answers have `data`, and whose errors also have `errors`.
         */
        post: operations["callMethod"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call a method by the field `cmd`
         * @description As Frappe’s Python client does, also with a GET. It is not available through CloudFront.
         */
        post: operations["callCommand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getOpenApiDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi-3.0.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get this document in OpenAPI 3.0.3
         * @description For generators that do not read 3.1. It lacks the rules between fields, and fields of several types are of any type.
         */
        get: operations["getOpenApi30Document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The reference as a page */
        get: operations["getReference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @example {
         *       "id": "invoice-1-paid"
         *     }
         */
        Accepted: components["schemas"]["AcceptedEvent"] | components["schemas"]["AcceptedEvents"];
        AcceptedEvent: {
            /** @description The event’s id. */
            id: string;
        };
        AcceptedEvents: {
            /** @description The events’ ids, in their order. */
            ids: string[];
        };
        Actor: {
            id?: components["schemas"]["ActorId"];
            name?: string;
            email?: string;
        };
        ActorId: string | number;
        /**
         * @description One HTTP request of a delivery. Lists show about 1 KB of it; whether more is kept, and was left out, `truncated` says.
         * @example {
         *       "id": "att_1mBRyKCGr2l9s8a7dQpXzw",
         *       "eventId": "invoice-1-paid",
         *       "eventType": "invoice.paid",
         *       "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *       "number": 1,
         *       "trigger": "event",
         *       "at": "2026-11-21T20:04:48.120Z",
         *       "durationMs": 87,
         *       "request": {
         *         "method": "POST",
         *         "url": "https://example.com/hook",
         *         "headers": {
         *           "content-type": "application/json",
         *           "webhook-id": "invoice-1-paid"
         *         },
         *         "body": "{\"type\":\"invoice.paid\",\"timestamp\":\"2026-11-21T20:04:48.000Z\",\"data\":{\"id\":\"inv_1\",\"total\":120.5}}"
         *       },
         *       "response": {
         *         "status": 503,
         *         "headers": {
         *           "content-type": "text/plain"
         *         },
         *         "body": "try later"
         *       },
         *       "outcome": "failure",
         *       "error": "status",
         *       "detail": "answered 503",
         *       "nextAttemptAt": "2026-11-21T20:04:53.540Z"
         *     }
         */
        Attempt: {
            id: string;
            eventId: string;
            eventType: string;
            subscriptionId: string;
            /**
             * Format: int64
             * @description 1 for the first attempt of a delivery.
             */
            number: number;
            trigger: components["schemas"]["AttemptTrigger"];
            /** @description The trace that the request belongs to, if the event has one. */
            traceId?: string;
            /** Format: date-time */
            at: string;
            /** @description Milliseconds from the DNS look-up to the last byte. */
            durationMs: number;
            /** @description The request as it was sent. */
            request: components["schemas"]["AttemptRequest"];
            /** @description The redirects that were followed. The `response` is that of the last request. */
            redirects?: components["schemas"]["Redirect"][];
            /** @description Null if there was no response. */
            response: components["schemas"]["AttemptResponse"] | null;
            outcome: components["schemas"]["Outcome"];
            /** @description `status`: the response was not a success. `render`: no request could be made from the event. `dns`: the host name does not exist, has an address that is not public, or its name servers do not answer; which of them is not told. `blocked-address`: the URL itself is not allowed. */
            error: components["schemas"]["AttemptError"] | null;
            /** @description Details of the error. */
            detail?: string;
            /**
             * Format: date-time
             * @description Null if no attempt follows.
             */
            nextAttemptAt: string | null;
        };
        /** @enum {string} */
        AttemptError: "timeout" | "dns" | "connection" | "tls" | "blocked-address" | "redirect" | "status" | "render";
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "att_1mBRyKCGr2l9s8a7dQpXzw",
         *           "eventId": "invoice-1-paid",
         *           "eventType": "invoice.paid",
         *           "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *           "number": 1,
         *           "trigger": "event",
         *           "at": "2026-11-21T20:04:48.120Z",
         *           "durationMs": 87,
         *           "request": {
         *             "method": "POST",
         *             "url": "https://example.com/hook",
         *             "headers": {
         *               "content-type": "application/json",
         *               "webhook-id": "invoice-1-paid"
         *             },
         *             "body": "{\"type\":\"invoice.paid\",\"timestamp\":\"2026-11-21T20:04:48.000Z\",\"data\":{\"id\":\"inv_1\",\"total\":120.5}}"
         *           },
         *           "response": {
         *             "status": 503,
         *             "headers": {
         *               "content-type": "text/plain"
         *             },
         *             "body": "try later"
         *           },
         *           "outcome": "failure",
         *           "error": "status",
         *           "detail": "answered 503",
         *           "nextAttemptAt": "2026-11-21T20:04:53.540Z"
         *         }
         *       ],
         *       "cursor": null
         *     }
         */
        AttemptPage: {
            /** @description Possibly fewer items than the limit, or none: the list ends when `cursor` is null. */
            data: components["schemas"]["Attempt"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
        };
        AttemptRequest: {
            method: components["schemas"]["DeliveryMethod"];
            /** @description Without its query and path segments that may be credentials, unless the key has the scope `manage`. */
            url: string;
            /** @description Values of the subscription’s headers are masked. So is `webhook-signature` unless the key has the scope `manage`. */
            headers: {
                [key: string]: string;
            };
            body: string;
            /** @description What is left out of the request, and why; `erased` if the event’s data was erased. */
            truncated?: string;
        };
        AttemptResponse: {
            /** Format: int64 */
            status: number;
            /** @description Header names are in lower case. Those that may hold credentials are masked, such as `set-cookie`. */
            headers: {
                [key: string]: string;
            };
            /** @description At most the first 16 KB, decoded if it came compressed. Secrets of the subscription in it are masked, and signatures unless the key has the scope `manage`. */
            body: string;
            /** @description What is left out of the response, and why, or why `body` is not decoded: `the first 16384 of 40960 bytes are kept`, `the list leaves out 276 bytes of the body, 4 of 9 headers` or `the server closed the connection in the middle of its response`, say. */
            truncated?: string;
        };
        /**
         * @example {
         *       "attempts": 100,
         *       "succeeded": 97,
         *       "failed": 3,
         *       "p50Ms": 84,
         *       "p95Ms": 312,
         *       "since": "2026-11-21T19:04:48.000Z"
         *     }
         */
        AttemptStats: {
            /**
             * Format: int64
             * @description The number of attempts covered: the latest hundred, without tests.
             */
            attempts: number;
            /** Format: int64 */
            succeeded: number;
            /** Format: int64 */
            failed: number;
            /** @description The median duration in milliseconds; null without attempts. */
            p50Ms: number | null;
            p95Ms: number | null;
            /**
             * Format: date-time
             * @description When the earliest of these attempts was made.
             */
            since: string | null;
        };
        /** @enum {string} */
        AttemptTrigger: "event" | "retry" | "replay" | "test";
        /** @enum {string} */
        BodyFormat: "standard" | "data" | "cloudevents" | "fields" | "template" | "weavy" | "hirehop";
        /**
         * @description CloudEvents 1.0 in JSON. Its `source`, `type`, `time` and `data` become the event’s, and its `id` is derived from `source` and `id`. Subscriptions with the format `cloudevents` receive all attributes as they are. An attribute that is null is unset.
         * @example {
         *       "specversion": "1.0",
         *       "id": "invoice-1-paid",
         *       "source": "/erp",
         *       "type": "invoice.paid",
         *       "time": "2026-11-21T20:04:48Z",
         *       "data": {
         *         "id": "inv_1",
         *         "total": 120.5
         *       }
         *     }
         */
        CloudEvent: {
            /** @enum {string} */
            specversion: "1.0";
            id: string;
            /**
             * Format: uri-reference
             * @description A URI reference.
             */
            source: string;
            type: string;
            time?: string | null;
            datacontenttype?: string | null;
            /**
             * Format: base64
             * @description Bytes in base64, instead of `data`: both are a 422. JSON if `datacontenttype` says so.
             */
            data_base64?: string | null;
            /** @description For events from the queue; here the path names the project. */
            project?: string | null;
            /** @description An extension attribute: the event’s `orderingKey`. */
            orderingkey?: string | null;
            /** @description Any JSON. While the stage’s `writeFormat` is 1, an object. */
            data?: unknown;
        } & {
            [key: string]: unknown;
        };
        /**
         * @example [
         *       {
         *         "specversion": "1.0",
         *         "id": "invoice-1-paid",
         *         "source": "/erp",
         *         "type": "invoice.paid",
         *         "time": "2026-11-21T20:04:48Z",
         *         "data": {
         *           "id": "inv_1",
         *           "total": 120.5
         *         }
         *       }
         *     ]
         */
        CloudEvents: components["schemas"]["CloudEvent"][];
        CompanyId: string | number;
        /**
         * @example {
         *       "id": "key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *       "name": "ERP in production",
         *       "scopes": [
         *         "publish",
         *         "read"
         *       ],
         *       "createdAt": "2026-11-21T20:04:48.000Z",
         *       "secret": "ancrage_key_2Zl1n0c8nTq3m5bVb1m2o7y4x6w8u0s9r1q3p5o7n9m"
         *     }
         */
        CreatedKey: {
            id: string;
            /** @description A name for people. */
            name: string;
            /** @description `admin`: everything, in every project. `manage`: subscriptions, event types and keys of the project, and reading. `publish`: publishing to the project. `read`: reading in it. A key can grant only scopes that it has; `manage` may grant `publish` as well. */
            scopes: components["schemas"]["Scope"][];
            /** Format: date-time */
            createdAt: string;
            /** @description The API key to send as `Bearer`. It is shown only once, because just its SHA-256 is stored. */
            secret: string;
        };
        /**
         * @example {
         *       "id": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *       "rateLimit": null,
         *       "maxInFlight": null,
         *       "ordering": "none",
         *       "paused": false,
         *       "name": "Billing sync",
         *       "enabled": true,
         *       "condition": null,
         *       "method": "POST",
         *       "headers": {
         *         "x-api-key": "***"
         *       },
         *       "format": "standard",
         *       "fields": null,
         *       "fieldsEncoding": "json",
         *       "template": null,
         *       "dynamicUrl": false,
         *       "dynamicOrigin": false,
         *       "signature": "standard",
         *       "timeoutSeconds": 10,
         *       "retry": "standard",
         *       "redirects": "fail",
         *       "traceState": false,
         *       "log": "compact",
         *       "metadata": {},
         *       "url": "https://example.com/hook",
         *       "events": [
         *         "invoice.paid",
         *         "job.*"
         *       ],
         *       "disabledReason": null,
         *       "health": {
         *         "mode": "direct",
         *         "reason": null,
         *         "since": null,
         *         "tried": true,
         *         "held": 0,
         *         "nextProbeAt": null,
         *         "window": null,
         *         "perSecond": null,
         *         "lastSuccessAt": null,
         *         "lastFailureAt": null,
         *         "lastFailure": null
         *       },
         *       "createdAt": "2026-11-21T20:04:48.000Z",
         *       "updatedAt": "2026-11-21T20:04:48.000Z",
         *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw7n0pYl3sAbc="
         *     }
         */
        CreatedSubscription: {
            id: string;
            /** @description The hook: https, on port 443 or from 1024 up, at a public address. Local stacks allow http and loopback addresses as well. Unless the key has the scope `manage`, the query and path segments that may be credentials are returned as `***`. */
            url: string;
            /** @description Exact types, `prefix.*` (one or more further segments) or `*`. `ancrage.*` matches operational events: `ancrage.delivery.exhausted` and `ancrage.subscription.disabled`. `*` does not. The first has `eventId` and `eventType` only if another pattern of the subscription matches that type. */
            events: string[];
            /** @description A name for people. */
            name: string | null;
            /** @description A disabled subscription gets no events. Deliveries that were pending when it was disabled stay cancelled, even after it is enabled again. */
            enabled: boolean;
            /** @description A Python expression that must be true for an event to be sent, such as `data.total > 1000`. Names: `data` (also `doc`), `event`, `changes`, `utils`. Null: every event is sent. */
            condition: string | null;
            /** @description The method of the requests. */
            method: components["schemas"]["DeliveryMethod"];
            /** @description Added to each request: at most 50, with 8192 characters in total, except `webhook-*`, `ancrage-hops`, `ancrage-test`, `traceparent`, `tracestate` and headers that frame a request. Values have printable characters of Latin-1, which are sent as one byte each. They are returned as `***`, except those of `content-type`, `accept` and `user-agent`; sending `***` back leaves them unchanged. A change of `url` or `dynamicUrl` needs them again. */
            headers: {
                [key: string]: string;
            };
            /** @description The format of the body. `standard`: `{"type", "timestamp", "data"}`, plus `changes` and `actor` if the event has them; `data`: the event's data alone; `cloudevents`: CloudEvents 1.0 in structured mode, a CloudEvent with all of its attributes; `fields`: the fields that `fields` names; `template`: the JSON that `template` renders; `weavy`: `{"result": data}`, as Weavy sends it; a 410 then removes the subscription; `hirehop`: as HireHop sends it, by default once and unsigned. */
            format: components["schemas"]["BodyFormat"];
            /** @description Required by the format `fields`: each `key`, which must be unique, gets the value of `fieldname` in the data, or null. */
            fields: components["schemas"]["FieldMapping"][] | null;
            /** @description For the format `fields`; `form` is `application/x-www-form-urlencoded`. */
            fieldsEncoding: components["schemas"]["FieldsEncoding"];
            /** @description Required by the format `template`: a Jinja template that renders JSON, with the same names as conditions. */
            template: string | null;
            /** @description `url` is a Jinja template of at most 2048 characters, with the same names as conditions. Values in the path and query are percent-encoded. The rendered URL is checked for each request. */
            dynamicUrl: boolean;
            /** @description Whether the template of `url` may render the origin, too: the scheme, host or port. Otherwise it must begin with one. */
            dynamicOrigin: boolean;
            /** @description The signature of the requests. `standard`: the headers of Standard Webhooks; `stripe`: `Stripe-Signature`, as Stripe makes it; `github`: `X-Hub-Signature-256`, as GitHub makes it; `frappe`: `X-Frappe-Webhook-Signature`; `none`: no signature. */
            signature: components["schemas"]["SignatureKind"];
            /** @description Seconds from the DNS look-up to the last byte of the response. */
            timeoutSeconds: number;
            /** @description `standard`: after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, each ± 20 %. `none`: one attempt. Or a list of waits in seconds, which are exact. A new subscription has `standard`. The schedule must be shorter than the time for which the project keeps its events. */
            retry: components["schemas"]["RetryPolicy"];
            /** @description `fail`: a redirect is a failure. `accept`: a 302 or 303 counts as delivered, as of a web application that has processed the request when it redirects. `follow`: a 302 or 303 is followed once, with a GET; another origin gets neither `headers` nor signatures, and http is never requested after https. The webhooks of Frappe’s API follow up to five, with the methods of Python’s `requests`. */
            redirects: components["schemas"]["RedirectPolicy"];
            /** @description The most requests that the endpoint is sent in any second, retries and replays included. Null: as many as it takes. */
            rateLimit: components["schemas"]["RateLimit"] | null;
            /** @description The most requests that the endpoint is sent at once. Null: as many as it takes. */
            maxInFlight: number | null;
            /** @description `strict`: the events of an `orderingKey` are sent in the order in which they were published, the next one when the one before has succeeded or ended. Other keys are not affected. `none`: as they come. */
            ordering: components["schemas"]["DeliveryOrdering"];
            /** @description Whether requests have the `tracestate` of the publisher’s trace, in the format `cloudevents` also as an attribute of the event. It may say something about the publisher’s systems. Every request of an event with a trace has the `traceparent`. */
            traceState: boolean;
            /** @description How much of a success the request log keeps. `compact`: about 1 KB. `full`: every header and 16 KB of each body, as of failures, while the project has logged less than it may in a day. */
            log: components["schemas"]["LogDetail"];
            /** @description While true, nothing is sent and deliveries wait. They expire with their events, after the retention time of the project. */
            paused: boolean;
            /** @description For your own use: at most 50 entries, with 8192 characters in total. */
            metadata: {
                [key: string]: string;
            };
            /** @description `gone`: the endpoint answered 410. `failing`: five days without a success. Null while the subscription is enabled. */
            disabledReason: components["schemas"]["DisabledReason"] | null;
            health: components["schemas"]["EndpointHealth"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Only in the answer to a request that saves, and only if there is something to warn of: what was saved does not fit samples or the latest events. */
            warnings?: components["schemas"]["FitWarning"][];
            /** @description The secret that signs the requests. */
            secret: string;
        };
        /**
         * @description Other fields are ignored.
         * @example {
         *       "scope": "API",
         *       "projectCode": "erp",
         *       "userName": "key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *       "password": "ancrage_key_2Zl1n0c8nTq3m5bVb1m2o7y4x6w8u0s9r1q3p5o7n9m"
         *     }
         */
        Credentials: {
            /** @description The project’s id. */
            projectCode: string;
            /** @description The key’s secret. */
            password: string;
            /** @description A key’s id. This or `username` is required. */
            userName?: string;
            /** @description The same as `userName`. */
            username?: string;
        } & {
            [key: string]: unknown;
        };
        DataObjectSchema: {
            type?: unknown;
        } & {
            [key: string]: unknown;
        };
        DataSchema: components["schemas"]["DataObjectSchema"] | boolean;
        /** @enum {string} */
        DeliveryMethod: "POST" | "PUT" | "PATCH" | "DELETE";
        /** @enum {string} */
        DeliveryOrdering: "none" | "strict";
        /** @description The state of the delivery to one subscription. */
        DeliveryState: {
            subscriptionId: string;
            state: components["schemas"]["DeliveryStatus"];
            /**
             * Format: int64
             * @description The number of attempts so far.
             */
            attempts: number;
            /** Format: date-time */
            nextAttemptAt: string | null;
        };
        /**
         * @description `pending`: another attempt is due. `cancelled`: it will not be made. `erased`: nor will it, because the event’s data was erased.
         * @enum {string}
         */
        DeliveryStatus: "delivered" | "pending" | "failed" | "cancelled" | "erased";
        /** @enum {string} */
        DisabledReason: "gone" | "failing" | "manual";
        /**
         * @example {
         *       "subscription": {
         *         "url": "https://example.com/hook",
         *         "events": [
         *           "invoice.*"
         *         ],
         *         "condition": "data.total > 100"
         *       },
         *       "event": "invoice.paid"
         *     }
         */
        DraftPreviewRequest: {
            /** @description The event type. Default: a type that the subscription names, else the type of the latest event that it matches, else a registered type that it matches, else its pattern with `test` in place of the star. */
            event?: string;
            /** @description Default: the data of the latest event of the type, with its actor and changes; else its first registered sample; else an empty object. */
            data?: Record<string, never>;
            /** @description The id of a published event, instead of `event` and `data`. */
            eventId?: string;
            /** @description Settings as for creating a subscription. */
            subscription: components["schemas"]["NewSubscription"];
        };
        /** @description How the endpoint is doing, and what waits for it. */
        EndpointHealth: {
            /** @description `direct`: deliveries are sent as they arrive. `paced`: so many at once and so many a second. `paused`: the endpoint is down; deliveries are held, and it is probed. */
            mode: components["schemas"]["EndpointMode"];
            /** @description Why the mode is not `direct`. `new`: fewer than three requests were answered. `busy`: the endpoint answered 429. */
            reason: components["schemas"]["ModeReason"] | null;
            /**
             * Format: date-time
             * @description When the mode began.
             */
            since: string | null;
            /** @description Whether a delivery was attempted since the subscription was created, enabled again or given another URL. Tests do not count. */
            tried: boolean;
            /** @description The deliveries that wait, exact up to 10000. */
            held: number;
            /**
             * Format: date-time
             * @description Null unless the mode is `paused` and a delivery waits: without one, the next event is the probe.
             */
            nextProbeAt: string | null;
            /**
             * Format: int64
             * @description The requests at once; null unless the mode is `paced`.
             */
            window: number | null;
            /** @description The rate that was learnt from 429s; null if there is none. */
            perSecond: number | null;
            /**
             * Format: date-time
             * @description Updated only while the endpoint fails.
             */
            lastSuccessAt: string | null;
            /** Format: date-time */
            lastFailureAt: string | null;
            /** @description What the last failure was, such as `answered 503`. */
            lastFailure: string | null;
        };
        /** @enum {string} */
        EndpointMode: "direct" | "paced" | "paused";
        /**
         * @example {
         *       "id": "era_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *       "state": "running",
         *       "examined": 12300,
         *       "erased": 17,
         *       "reachedAt": "2026-11-20T07:30:00.000Z",
         *       "requestedAt": "2026-11-21T20:04:48.000Z",
         *       "endedAt": null,
         *       "actor": {
         *         "email": "ada@example.com"
         *       }
         *     }
         */
        Erasure: {
            id: string;
            state: components["schemas"]["ErasureState"];
            /**
             * Format: int64
             * @description The events that were looked at, the oldest first, each once.
             */
            examined: number;
            /**
             * Format: int64
             * @description Those of them whose data was erased.
             */
            erased: number;
            /**
             * Format: date-time
             * @description When the last of them was accepted. The job ends at `requestedAt`.
             */
            reachedAt: string | null;
            /**
             * Format: date-time
             * @description Events that are accepted later are left alone.
             */
            requestedAt: string;
            /**
             * Format: date-time
             * @description Null while it is running.
             */
            endedAt: string | null;
            /** @description As it was given; null once the job has ended. */
            actor: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "era_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *           "state": "running",
         *           "examined": 12300,
         *           "erased": 17,
         *           "reachedAt": "2026-11-20T07:30:00.000Z",
         *           "requestedAt": "2026-11-21T20:04:48.000Z",
         *           "endedAt": null,
         *           "actor": {
         *             "email": "ada@example.com"
         *           }
         *         }
         *       ],
         *       "cursor": null
         *     }
         */
        ErasurePage: {
            /** @description Possibly fewer items than the limit, or none: the list ends when `cursor` is null. */
            data: components["schemas"]["Erasure"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
        };
        /**
         * @example {
         *       "actor": {
         *         "email": "ada@example.com"
         *       }
         *     }
         */
        ErasureRequest: {
            /** @description What the `actor` of an event must have: each member that is given, with the same value. `7` and `"7"` differ. */
            actor: {
                id?: string | number;
                email?: string;
                name?: string;
            };
        };
        /** @enum {string} */
        ErasureState: "running" | "done";
        /**
         * @example {
         *       "id": "invoice-1-paid",
         *       "type": "invoice.paid",
         *       "time": "2026-11-21T20:04:48.000Z",
         *       "acceptedAt": "2026-11-21T20:04:48.051Z",
         *       "data": {
         *         "id": "inv_1",
         *         "total": 120.5
         *       },
         *       "actor": {
         *         "id": 7,
         *         "name": "Ada Lovelace"
         *       },
         *       "changes": {
         *         "total": {
         *           "from": 100,
         *           "to": 120.5
         *         }
         *       },
         *       "orderingKey": "inv_1",
         *       "deliveries": [
         *         {
         *           "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *           "state": "delivered",
         *           "attempts": 2,
         *           "nextAttemptAt": null
         *         }
         *       ]
         *     }
         */
        Event: {
            id: string;
            type: string;
            /**
             * Format: date-time
             * @description When the event happened.
             */
            time: string;
            /**
             * Format: date-time
             * @description When Ancrage accepted it.
             */
            acceptedAt: string;
            /** @description True if the event is delivered to nobody; missing otherwise. */
            suppress?: boolean;
            /** @description Where the event is from, if its publisher said so. */
            source?: string;
            /** @description The publisher’s own id, if the `id` is derived from it and the `source`. */
            publisherId?: string;
            /**
             * Format: date-time
             * @description When its data was erased: then it has none of the members below.
             */
            erasedAt?: string;
            /** @description Exactly as it was published: an object, or what a CloudEvent had. Bytes are base64. */
            data?: unknown;
            actor?: {
                [key: string]: unknown;
            };
            /** @description Given by the publisher, or computed from `previous`. */
            changes?: {
                [key: string]: {
                    from: unknown;
                    to: unknown;
                };
            };
            orderingKey?: string;
            /** @description The trace that its publication belongs to, if there is one. */
            traceId?: string;
            /** @description The deliveries that were attempted or are held: all of them up to about a thousand, see the list of its deliveries for more. */
            deliveries: components["schemas"]["DeliveryState"][];
        };
        /**
         * @example {
         *       "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *       "name": "Billing sync",
         *       "url": "https://example.com/hook",
         *       "state": "delivered",
         *       "attempts": 4,
         *       "nextAttemptAt": null,
         *       "lastAttempt": {
         *         "id": "att_1mBRyKCGr2l9s8a7dQpXzw",
         *         "number": 4,
         *         "trigger": "retry",
         *         "at": "2026-11-21T20:34:48.120Z",
         *         "durationMs": 87,
         *         "outcome": "success",
         *         "status": 200,
         *         "error": null
         *       }
         *     }
         */
        EventDelivery: {
            subscriptionId: string;
            state: components["schemas"]["DeliveryStatus"];
            /**
             * Format: int64
             * @description The number of attempts so far.
             */
            attempts: number;
            /** Format: date-time */
            nextAttemptAt: string | null;
            /** @description The subscription’s name; null if it has none, or is gone. */
            name: string | null;
            /** @description The subscription’s URL; null if it is gone. Below the scope `manage`, what may be a credential is left out. */
            url: string | null;
            /** @description Null before the first attempt. */
            lastAttempt: components["schemas"]["LastAttempt"] | null;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *           "name": "Billing sync",
         *           "url": "https://example.com/hook",
         *           "state": "delivered",
         *           "attempts": 4,
         *           "nextAttemptAt": null,
         *           "lastAttempt": {
         *             "id": "att_1mBRyKCGr2l9s8a7dQpXzw",
         *             "number": 4,
         *             "trigger": "retry",
         *             "at": "2026-11-21T20:34:48.120Z",
         *             "durationMs": 87,
         *             "outcome": "success",
         *             "status": 200,
         *             "error": null
         *           }
         *         }
         *       ],
         *       "cursor": null
         *     }
         */
        EventDeliveryPage: {
            /** @description Possibly fewer items than the limit, or none: the list ends when `cursor` is null. */
            data: components["schemas"]["EventDelivery"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "invoice-1-paid",
         *           "type": "invoice.paid",
         *           "time": "2026-11-21T20:04:48.000Z",
         *           "acceptedAt": "2026-11-21T20:04:48.051Z"
         *         }
         *       ],
         *       "cursor": null
         *     }
         */
        EventPage: {
            /** @description Possibly fewer items than the limit, or none: the list ends when `cursor` is null. */
            data: components["schemas"]["EventSummary"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
        };
        /**
         * @description The replay’s id; no endpoint takes it.
         * @example {
         *       "id": "rpl_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA"
         *     }
         */
        EventReplay: {
            id: string;
        };
        /**
         * @example {
         *       "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA"
         *     }
         */
        EventReplayRequest: {
            /** @description The subscription to deliver to. Default: all that match the event now. */
            subscriptionId?: string;
        };
        /**
         * @example {
         *       "id": "invoice-1-paid",
         *       "type": "invoice.paid",
         *       "time": "2026-11-21T20:04:48.000Z",
         *       "acceptedAt": "2026-11-21T20:04:48.051Z"
         *     }
         */
        EventSummary: {
            id: string;
            type: string;
            /**
             * Format: date-time
             * @description When the event happened.
             */
            time: string;
            /**
             * Format: date-time
             * @description When Ancrage accepted it.
             */
            acceptedAt: string;
            /** @description True if the event is delivered to nobody; missing otherwise. */
            suppress?: boolean;
        };
        /**
         * @description Schema and samples are returned exactly as they were sent.
         * @example {
         *       "type": "invoice.paid",
         *       "description": "An invoice was paid in full",
         *       "schema": {
         *         "type": "object",
         *         "required": [
         *           "total"
         *         ],
         *         "properties": {
         *           "total": {
         *             "type": "number",
         *             "minimum": 0
         *           }
         *         }
         *       },
         *       "samples": [
         *         {
         *           "id": "inv_1",
         *           "total": 120.5
         *         }
         *       ],
         *       "archived": false
         *     }
         */
        EventType: {
            type: string;
            /** @description Up to 1000 characters. */
            description: string | null;
            /** @description JSON Schema 2020-12 that the data of its events must match: up to 32 KB and 32 levels, with references only within itself and patterns in RE2 syntax. */
            schema: components["schemas"]["DataSchema"] | null;
            samples: {
                [key: string]: unknown;
            }[];
            /** @description Listed only on request. Its events are accepted and delivered as before. */
            archived: boolean;
            /** @description Only in the answer to a request that saves, and only if there is something to warn of: what was saved does not fit samples or the latest events. */
            warnings?: components["schemas"]["FitWarning"][];
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "type": "invoice.paid",
         *           "description": "An invoice was paid in full",
         *           "schema": {
         *             "type": "object",
         *             "required": [
         *               "total"
         *             ],
         *             "properties": {
         *               "total": {
         *                 "type": "number",
         *                 "minimum": 0
         *               }
         *             }
         *           },
         *           "samples": [
         *             {
         *               "id": "inv_1",
         *               "total": 120.5
         *             }
         *           ],
         *           "archived": false
         *         }
         *       ],
         *       "cursor": null
         *     }
         */
        EventTypePage: {
            /** @description Possibly fewer items than the limit, or none: the list ends when `cursor` is null. */
            data: components["schemas"]["EventType"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
        };
        /**
         * @description Replaces the whole event type: fields that are left out are unset.
         * @example {
         *       "description": "An invoice was paid in full",
         *       "schema": {
         *         "type": "object",
         *         "required": [
         *           "total"
         *         ],
         *         "properties": {
         *           "total": {
         *             "type": "number",
         *             "minimum": 0
         *           }
         *         }
         *       },
         *       "samples": [
         *         {
         *           "id": "inv_1",
         *           "total": 120.5
         *         }
         *       ]
         *     }
         */
        EventTypeSettings: {
            /**
             * @description Up to 1000 characters.
             * @default null
             */
            description?: string | null;
            /** @description JSON Schema 2020-12 that the data of its events must match: up to 32 KB and 32 levels, with references only within itself and patterns in RE2 syntax. */
            schema?: components["schemas"]["DataSchema"] | null;
            /**
             * @description The data of example events, up to 128 KB in total.
             * @default []
             */
            samples?: {
                [key: string]: unknown;
            }[];
            /**
             * @description Listed only on request. Its events are accepted and delivered as before.
             * @default false
             */
            archived?: boolean;
        };
        FieldMapping: {
            key: string;
            fieldname: string;
        };
        /** @enum {string} */
        FieldsEncoding: "json" | "form";
        /**
         * @description What was saved does not fit samples or the latest events. The check covers the samples of the matched types and their latest 100 events, up to 4 MB, and ends after a second.
         * @example {
         *       "kind": "render",
         *       "detail": "Samples and events checked: 12. No request can be made from 1 of them.",
         *       "checked": 12,
         *       "failed": 1,
         *       "stoppedEarly": false,
         *       "misfits": [
         *         {
         *           "type": "invoice.paid",
         *           "eventId": "invoice-1-paid",
         *           "sample": null,
         *           "detail": "line 3: None has no attribute \"name\"",
         *           "fault": {
         *             "setting": "template",
         *             "line": 3
         *           }
         *         }
         *       ]
         *     }
         */
        FitWarning: {
            /** @description `render`: no request can be made from some samples or events. `schema`: some do not satisfy the schema. `unchecked`: the check failed, or took too long. */
            kind: components["schemas"]["FitWarningKind"];
            /** @description A sentence for people. */
            detail: string;
            /**
             * Format: int64
             * @description How many samples and events were checked.
             */
            checked: number;
            /**
             * Format: int64
             * @description How many of these do not fit.
             */
            failed: number;
            /** @description Whether there are more, for which the check had no time or no room. */
            stoppedEarly: boolean;
            /** @description The first of those that do not fit: samples, then events, the newest first. */
            misfits: components["schemas"]["Misfit"][];
        };
        /** @enum {string} */
        FitWarningKind: "render" | "schema" | "unchecked";
        FrappeCell: string | number | null;
        /** @enum {number} */
        FrappeCheck: 0 | 1;
        /**
         * @description A method and its arguments. In a form, lists and objects are JSON.
         * @example {
         *       "cmd": "frappe.client.get_count",
         *       "doctype": "Webhook"
         *     }
         */
        FrappeCommand: {
            /** @description The method’s name. */
            cmd: string;
        } & {
            [key: string]: unknown;
        };
        FrappeDocument: {
            data: components["schemas"]["Webhook"] | components["schemas"]["WebhookRequestLog"];
        };
        /**
         * @example {
         *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
         *       "exc_type": "ValidationError",
         *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
         *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
         *     }
         */
        FrappeException: {
            exception: string;
            exc_type: string;
            /** @description A JSON list of texts. Missing if a document that is read does not exist. */
            exc?: string;
            /** @description A JSON list of JSON objects with a `message`. */
            _server_messages: string;
            /** @description Only in answers of `/api/v2/…`. */
            errors?: {
                type: string;
                message: string;
                exception: string;
            }[];
        };
        FrappeExceptionOrGatewayMessage: components["schemas"]["FrappeException"] | components["schemas"]["GatewayMessage"];
        /**
         * @example {
         *       "data": [
         *         {
         *           "name": "Invoices to accounting"
         *         }
         *       ]
         *     }
         */
        FrappeList: {
            data: components["schemas"]["FrappeRow"][] | components["schemas"]["FrappeCell"][][];
        };
        /**
         * @description Without `message` if the method returns nothing.
         * @example {
         *       "message": 2
         *     }
         */
        FrappeMessage: {
            message?: unknown;
            /** @description A JSON list of JSON objects with a `message` in HTML and an `indicator`. Only if a webhook was saved from which no request can be made for samples or the latest events. In answers of `/api/v2/…`, `messages` is a list of such objects instead. */
            _server_messages?: string;
        };
        /**
         * @description The arguments of a method, such as `doctype`; each method ignores those of others. In a form, lists and objects are JSON.
         * @example {
         *       "doctype": "Webhook",
         *       "filters": {
         *         "enabled": 1
         *       }
         *     }
         */
        FrappeParameters: {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "message": "ok"
         *     }
         */
        FrappeRemoved: {
            /** @enum {string} */
            message: "ok";
        };
        FrappeRow: {
            name?: components["schemas"]["FrappeCell"];
        } & {
            [key: string]: components["schemas"]["FrappeCell"];
        };
        FrappeScalar: string | number | boolean | null;
        /** @enum {number} */
        FrappeVersion: 15 | 16;
        FrappeWebhook: {
            data: components["schemas"]["Webhook"];
            /** @description A JSON list of JSON objects with a `message` in HTML and an `indicator`. Only if a webhook was saved from which no request can be made for samples or the latest events. In answers of `/api/v2/…`, `messages` is a list of such objects instead. */
            _server_messages?: string;
        };
        /**
         * @description A response of the gateway itself, which has called no function.
         * @example {
         *       "message": "Too Many Requests"
         *     }
         */
        GatewayMessage: {
            message: string;
        };
        /**
         * @description Any part of a `Webhook` document. Other fields are ignored.
         * @example {
         *       "name": "Invoices to accounting",
         *       "webhook_doctype": "Sales Invoice",
         *       "webhook_docevent": "on_submit",
         *       "request_url": "https://example.com/hook",
         *       "condition": "doc.grand_total > 1000",
         *       "enable_security": 1,
         *       "webhook_secret": "super-secret",
         *       "webhook_headers": [
         *         {
         *           "key": "Content-Type",
         *           "value": "application/json"
         *         }
         *       ],
         *       "webhook_data": [
         *         {
         *           "fieldname": "name",
         *           "key": "id"
         *         }
         *       ]
         *     }
         */
        GivenWebhook: {
            /** @description Unique in the project. Default: the subscription’s id. It cannot be changed. */
            name?: components["schemas"]["FrappeScalar"];
            /** @description Together with `webhook_docevent`, the event type: `Sales Invoice.on_update`. */
            webhook_doctype?: components["schemas"]["FrappeScalar"];
            webhook_docevent?: components["schemas"]["FrappeScalar"];
            /** @description 0 or 1. */
            enabled?: components["schemas"]["FrappeScalar"];
            /** @description A Python expression over `doc` and `utils`. */
            condition?: components["schemas"]["FrappeScalar"];
            /** @description Like `url` of a subscription. */
            request_url?: components["schemas"]["FrappeScalar"];
            /** @description 0 or 1: whether `request_url` is a Jinja template. */
            is_dynamic_url?: components["schemas"]["FrappeScalar"];
            request_method?: components["schemas"]["FrappeScalar"];
            /** @description `Form URL-Encoded` removes `webhook_json`, `JSON` removes `webhook_data`. The body is JSON in both cases. */
            request_structure?: components["schemas"]["FrappeScalar"];
            /** @description Seconds, up to 30. */
            timeout?: components["schemas"]["FrappeScalar"];
            /** @description Stored, without effect. */
            background_jobs_queue?: components["schemas"]["FrappeScalar"];
            /** @description 0 or 1: whether requests are signed. */
            enable_security?: components["schemas"]["FrappeScalar"];
            /** @description Returned as asterisks; sending these back leaves it unchanged. */
            webhook_secret?: components["schemas"]["FrappeScalar"];
            /** @description A Jinja template that renders JSON. Not used if there is `webhook_data`. */
            webhook_json?: components["schemas"]["FrappeScalar"];
            /** @description A row without key or value is stored, but not sent. */
            webhook_headers?: ({
                key?: components["schemas"]["FrappeScalar"];
                value?: components["schemas"]["FrappeScalar"];
            } & {
                [key: string]: unknown;
            })[] | null | "";
            /** @description Which fields of the document are sent, and under which keys. */
            webhook_data?: ({
                fieldname?: components["schemas"]["FrappeScalar"];
                key?: components["schemas"]["FrappeScalar"];
            } & {
                [key: string]: unknown;
            })[] | null | "";
        } & {
            [key: string]: unknown;
        };
        /**
         * @description The document as JSON in one field. Without this field, the form’s fields are those of the document.
         * @example {
         *       "data": "{\"enabled\":0}"
         *     }
         */
        GivenWebhookForm: {
            data?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description A replay or an erasure, as `kind` says.
         * @example {
         *       "kind": "replay",
         *       "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *       "subscriptionName": "Billing sync",
         *       "id": "job_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *       "state": "running",
         *       "done": 20,
         *       "total": 53,
         *       "endsAt": "2026-11-21T20:05:03.000Z",
         *       "since": "2026-11-20T00:00:00.000Z",
         *       "until": "2026-11-21T20:04:48.000Z",
         *       "only": "missing",
         *       "requestedAt": "2026-11-21T20:04:48.000Z",
         *       "endedAt": null
         *     }
         */
        Job: components["schemas"]["ListedReplay"] | components["schemas"]["ListedErasure"];
        /**
         * @example {
         *       "data": [
         *         {
         *           "kind": "replay",
         *           "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *           "subscriptionName": "Billing sync",
         *           "id": "job_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *           "state": "running",
         *           "done": 20,
         *           "total": 53,
         *           "endsAt": "2026-11-21T20:05:03.000Z",
         *           "since": "2026-11-20T00:00:00.000Z",
         *           "until": "2026-11-21T20:04:48.000Z",
         *           "only": "missing",
         *           "requestedAt": "2026-11-21T20:04:48.000Z",
         *           "endedAt": null
         *         }
         *       ],
         *       "cursor": null
         *     }
         */
        JobPage: {
            /** @description Possibly fewer items than the limit, or none: the list ends when `cursor` is null. */
            data: components["schemas"]["Job"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
        };
        /**
         * @example {
         *       "id": "key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *       "name": "ERP in production",
         *       "scopes": [
         *         "publish",
         *         "read"
         *       ],
         *       "createdAt": "2026-11-21T20:04:48.000Z"
         *     }
         */
        Key: {
            id: string;
            /** @description A name for people. */
            name: string;
            /** @description `admin`: everything, in every project. `manage`: subscriptions, event types and keys of the project, and reading. `publish`: publishing to the project. `read`: reading in it. A key can grant only scopes that it has; `manage` may grant `publish` as well. */
            scopes: components["schemas"]["Scope"][];
            /** Format: date-time */
            createdAt: string;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *           "name": "ERP in production",
         *           "scopes": [
         *             "publish",
         *             "read"
         *           ],
         *           "createdAt": "2026-11-21T20:04:48.000Z"
         *         }
         *       ],
         *       "cursor": null
         *     }
         */
        KeyPage: {
            /** @description Possibly fewer items than the limit, or none: the list ends when `cursor` is null. */
            data: components["schemas"]["Key"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
        };
        /** @description The last attempt of a delivery, without request and response. */
        LastAttempt: {
            id: string;
            /** Format: int64 */
            number: number;
            trigger: components["schemas"]["AttemptTrigger"];
            /** Format: date-time */
            at: string;
            durationMs: number;
            outcome: components["schemas"]["Outcome"];
            /**
             * Format: int64
             * @description The status of the response; null if there was none.
             */
            status: number | null;
            /** @description See `Attempt.error`. */
            error: components["schemas"]["AttemptError"] | null;
            /** @description Details of the error. */
            detail?: string;
        };
        ListedErasure: {
            /** @enum {string} */
            kind: "erasure";
            id: string;
            state: components["schemas"]["ErasureState"];
            /**
             * Format: int64
             * @description The events that were looked at, the oldest first, each once.
             */
            examined: number;
            /**
             * Format: int64
             * @description Those of them whose data was erased.
             */
            erased: number;
            /**
             * Format: date-time
             * @description When the last of them was accepted. The job ends at `requestedAt`.
             */
            reachedAt: string | null;
            /**
             * Format: date-time
             * @description Events that are accepted later are left alone.
             */
            requestedAt: string;
            /**
             * Format: date-time
             * @description Null while it is running.
             */
            endedAt: string | null;
            /** @description As it was given; null once the job has ended. */
            actor: {
                [key: string]: unknown;
            } | null;
        };
        ListedReplay: {
            /** @enum {string} */
            kind: "replay";
            /** @description The subscription whose deliveries it makes again. */
            subscriptionId: string;
            /** @description Null if it has none, or is gone. */
            subscriptionName: string | null;
            id: string;
            state: components["schemas"]["ReplayState"];
            /**
             * Format: int64
             * @description The number of deliveries that were put into the subscription’s mailbox, at the pace at which the endpoint takes them.
             */
            done: number;
            /**
             * Format: int64
             * @description How many deliveries it makes in all: an estimate while it is running, exact afterwards.
             */
            total: number;
            /**
             * Format: date-time
             * @description When it ends, an estimate; null while there is none, and when it has ended.
             */
            endsAt: string | null;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            /** @description `failed`: deliveries whose last attempt failed, also those that still wait for a retry. `all`: every matching event. `missing`: matching events that were never attempted, for example because they are older than the subscription. */
            only: components["schemas"]["ReplaySelection"];
            /** Format: date-time */
            requestedAt: string;
            /**
             * Format: date-time
             * @description Null while it is running, and if a version before 0.2 has ended it.
             */
            endedAt: string | null;
        };
        /**
         * @example {
         *       "preset": "hirehop",
         *       "added": [
         *         "job.created"
         *       ],
         *       "existing": [
         *         "job.updated"
         *       ]
         *     }
         */
        LoadedPreset: {
            preset: string;
            /** @description Event types that were registered, with their samples. */
            added: string[];
            /** @description Event types that the project already had. They are unchanged. */
            existing: string[];
        };
        /** @enum {string} */
        LogDetail: "compact" | "full";
        Misfit: {
            /** @description Its event type. */
            type: string;
            /** @description Null for a sample. */
            eventId: string | null;
            /**
             * Format: int64
             * @description The number of the sample among those of its type. Null for an event.
             */
            sample: number | null;
            /** @description Why it does not fit. */
            detail: string;
            /** @description The setting that is at fault, if it is known. */
            fault?: components["schemas"]["RenderFault"];
        };
        /** @enum {string} */
        ModeReason: "new" | "busy" | "slow" | "failing" | "down" | "recovering";
        /**
         * @example {
         *       "type": "invoice.paid",
         *       "data": {
         *         "id": "inv_1",
         *         "total": 120.5
         *       },
         *       "id": "invoice-1-paid",
         *       "time": "2026-11-21T20:04:48Z",
         *       "actor": {
         *         "id": 7,
         *         "name": "Ada Lovelace"
         *       },
         *       "previous": {
         *         "id": "inv_1",
         *         "total": 100
         *       }
         *     }
         */
        NewEvent: {
            /** @description A dotted name of up to 10 segments, such as `invoice.paid`. Names that start with `ancrage.` are reserved. */
            type: string;
            /** @description What happened. It is delivered exactly as it is published. */
            data: {
                [key: string]: unknown;
            };
            /** @description The idempotency key: events with the same id and `source` are one event. With a `source`, the event’s id is derived from both. Generated by default. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, ISO 8601 with a zone, before the year 10000. Default: now.
             */
            time?: string;
            /** @description Who did it. */
            actor?: components["schemas"]["Actor"];
            /** @description What changed, by field. */
            changes?: {
                [key: string]: {
                    from: unknown;
                    to: unknown;
                };
            };
            /** @description The previous `data`. Unless `changes` are given, they are computed from it. */
            previous?: {
                [key: string]: unknown;
            };
            /** @description For receivers that serve several companies. Default: the project’s. */
            companyId?: components["schemas"]["CompanyId"];
            /** @description Where the event is from; another source may use the same `id`. */
            source?: string;
            /** @description Store the event, but deliver it to nobody. */
            suppress?: boolean;
            /** @description Subscriptions with the `ordering` `strict` get the events of a key one after the other. Events without a key share one. */
            orderingKey?: string;
        };
        /**
         * @example {
         *       "type": "invoice.paid",
         *       "data": {
         *         "id": "inv_1",
         *         "total": 120.5
         *       },
         *       "id": "invoice-1-paid",
         *       "time": "2026-11-21T20:04:48Z",
         *       "actor": {
         *         "id": 7,
         *         "name": "Ada Lovelace"
         *       },
         *       "previous": {
         *         "id": "inv_1",
         *         "total": 100
         *       }
         *     }
         */
        NewEventOrEvents: components["schemas"]["NewEvent"] | components["schemas"]["NewEvents"];
        NewEvents: components["schemas"]["NewEvent"][];
        /**
         * @example {
         *       "name": "ERP in production",
         *       "scopes": [
         *         "publish",
         *         "read"
         *       ]
         *     }
         */
        NewKey: {
            /** @description A name for people. */
            name: string;
            /** @description `admin`: everything, in every project. `manage`: subscriptions, event types and keys of the project, and reading. `publish`: publishing to the project. `read`: reading in it. A key can grant only scopes that it has; `manage` may grant `publish` as well. */
            scopes: components["schemas"]["Scope"][];
        };
        /**
         * @example {
         *       "id": "erp",
         *       "name": "Our ERP",
         *       "retentionDays": 60
         *     }
         */
        NewProject: {
            /** @description 1 to 63 letters, digits, `-` and `_`. It cannot be changed. */
            id: string;
            /**
             * @description A name for people.
             * @default null
             */
            name?: string | null;
            /**
             * @description HireHop’s `export_key`, the only authentication of its receivers. Keys with the scope `read` can see it, here and in the logged bodies that contain it.
             * @default null
             */
            exportKey?: string | null;
            /** @description HireHop’s `company_id`, sent as given. HireHop’s own is a number. */
            companyId?: components["schemas"]["CompanyId"] | null;
            /** @description The address of the Frappe site that the project stands in for, such as `https://erp.example.com`. Templates make links with it (`frappe.get_url`, `utils.get_url_to_form`). Absent if there is none. */
            siteUrl?: string;
            /** @description How many days events and their attempts are kept. Must be longer than the retry schedules of the project’s subscriptions. Default: the stage’s setting, which is 30 unless configured. */
            retentionDays?: number;
            /** @description Which version of Frappe new webhooks of Frappe’s API are retried like, and how their request log shows them. 16: after 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, and a row for each delivery. 15: after 1 and 4 s, and a row for each attempt. 16 unless the creation says otherwise. */
            frappeVersion?: components["schemas"]["FrappeVersion"];
        };
        /**
         * @example {
         *       "url": "https://example.com/hook",
         *       "events": [
         *         "invoice.paid",
         *         "job.*"
         *       ],
         *       "name": "Billing sync",
         *       "headers": {
         *         "x-api-key": "swordfish"
         *       }
         *     }
         */
        NewSubscription: {
            /** @description The hook: https, on port 443 or from 1024 up, at a public address. Local stacks allow http and loopback addresses as well. Unless the key has the scope `manage`, the query and path segments that may be credentials are returned as `***`. */
            url: string;
            /** @description Exact types, `prefix.*` (one or more further segments) or `*`. `ancrage.*` matches operational events: `ancrage.delivery.exhausted` and `ancrage.subscription.disabled`. `*` does not. The first has `eventId` and `eventType` only if another pattern of the subscription matches that type. */
            events: string[];
            /**
             * @description A name for people.
             * @default null
             */
            name?: string | null;
            /**
             * @description A disabled subscription gets no events. Deliveries that were pending when it was disabled stay cancelled, even after it is enabled again.
             * @default true
             */
            enabled?: boolean;
            /**
             * @description A Python expression that must be true for an event to be sent, such as `data.total > 1000`. Names: `data` (also `doc`), `event`, `changes`, `utils`. Null: every event is sent.
             * @default null
             */
            condition?: string | null;
            /**
             * @description The method of the requests.
             * @default POST
             */
            method?: components["schemas"]["DeliveryMethod"];
            /**
             * @description Added to each request: at most 50, with 8192 characters in total, except `webhook-*`, `ancrage-hops`, `ancrage-test`, `traceparent`, `tracestate` and headers that frame a request. Values have printable characters of Latin-1, which are sent as one byte each. They are returned as `***`, except those of `content-type`, `accept` and `user-agent`; sending `***` back leaves them unchanged. A change of `url` or `dynamicUrl` needs them again.
             * @default {}
             */
            headers?: {
                [key: string]: string;
            };
            /**
             * @description The format of the body. `standard`: `{"type", "timestamp", "data"}`, plus `changes` and `actor` if the event has them; `data`: the event's data alone; `cloudevents`: CloudEvents 1.0 in structured mode, a CloudEvent with all of its attributes; `fields`: the fields that `fields` names; `template`: the JSON that `template` renders; `weavy`: `{"result": data}`, as Weavy sends it; a 410 then removes the subscription; `hirehop`: as HireHop sends it, by default once and unsigned.
             * @default standard
             */
            format?: components["schemas"]["BodyFormat"];
            /**
             * @description Required by the format `fields`: each `key`, which must be unique, gets the value of `fieldname` in the data, or null.
             * @default null
             */
            fields?: components["schemas"]["FieldMapping"][] | null;
            /**
             * @description For the format `fields`; `form` is `application/x-www-form-urlencoded`.
             * @default json
             */
            fieldsEncoding?: components["schemas"]["FieldsEncoding"];
            /**
             * @description Required by the format `template`: a Jinja template that renders JSON, with the same names as conditions.
             * @default null
             */
            template?: string | null;
            /**
             * @description `url` is a Jinja template of at most 2048 characters, with the same names as conditions. Values in the path and query are percent-encoded. The rendered URL is checked for each request.
             * @default false
             */
            dynamicUrl?: boolean;
            /**
             * @description Whether the template of `url` may render the origin, too: the scheme, host or port. Otherwise it must begin with one.
             * @default false
             */
            dynamicOrigin?: boolean;
            /**
             * @description The signature of the requests. `standard`: the headers of Standard Webhooks; `stripe`: `Stripe-Signature`, as Stripe makes it; `github`: `X-Hub-Signature-256`, as GitHub makes it; `frappe`: `X-Frappe-Webhook-Signature`; `none`: no signature.
             * @default standard
             */
            signature?: components["schemas"]["SignatureKind"];
            /**
             * @description Seconds from the DNS look-up to the last byte of the response.
             * @default 10
             */
            timeoutSeconds?: number;
            /** @description `standard`: after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, each ± 20 %. `none`: one attempt. Or a list of waits in seconds, which are exact. A new subscription has `standard`. The schedule must be shorter than the time for which the project keeps its events. */
            retry?: components["schemas"]["RetryPolicy"];
            /**
             * @description `fail`: a redirect is a failure. `accept`: a 302 or 303 counts as delivered, as of a web application that has processed the request when it redirects. `follow`: a 302 or 303 is followed once, with a GET; another origin gets neither `headers` nor signatures, and http is never requested after https. The webhooks of Frappe’s API follow up to five, with the methods of Python’s `requests`.
             * @default fail
             */
            redirects?: components["schemas"]["RedirectPolicy"];
            /** @description The most requests that the endpoint is sent in any second, retries and replays included. Null: as many as it takes. */
            rateLimit?: components["schemas"]["RateLimit"] | null;
            /**
             * @description The most requests that the endpoint is sent at once. Null: as many as it takes.
             * @default null
             */
            maxInFlight?: number | null;
            /**
             * @description `strict`: the events of an `orderingKey` are sent in the order in which they were published, the next one when the one before has succeeded or ended. Other keys are not affected. `none`: as they come.
             * @default none
             */
            ordering?: components["schemas"]["DeliveryOrdering"];
            /**
             * @description Whether requests have the `tracestate` of the publisher’s trace, in the format `cloudevents` also as an attribute of the event. It may say something about the publisher’s systems. Every request of an event with a trace has the `traceparent`.
             * @default false
             */
            traceState?: boolean;
            /**
             * @description How much of a success the request log keeps. `compact`: about 1 KB. `full`: every header and 16 KB of each body, as of failures, while the project has logged less than it may in a day.
             * @default compact
             */
            log?: components["schemas"]["LogDetail"];
            /**
             * @description While true, nothing is sent and deliveries wait. They expire with their events, after the retention time of the project.
             * @default false
             */
            paused?: boolean;
            /**
             * @description For your own use: at most 50 entries, with 8192 characters in total.
             * @default {}
             */
            metadata?: {
                [key: string]: string;
            };
            /** @description The secret that signs the requests: `whsec_` and the base64 of 24 to 64 bytes; with other signatures than `standard`, 1 to 1024 characters. By default 32 bytes are generated. */
            secret?: string;
        } & (unknown & unknown);
        OpenApiDocument: {
            openapi: string;
            info: {
                version: string;
            } & {
                [key: string]: unknown;
            };
            paths: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @enum {string} */
        Outcome: "success" | "failure";
        /**
         * @example {
         *       "id": "key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *       "name": "ERP in production",
         *       "scopes": [
         *         "publish",
         *         "read"
         *       ],
         *       "createdAt": "2026-11-21T20:04:48.000Z",
         *       "project": "erp"
         *     }
         */
        OwnKey: {
            id: string;
            /** @description A name for people. */
            name: string;
            /** @description `admin`: everything, in every project. `manage`: subscriptions, event types and keys of the project, and reading. `publish`: publishing to the project. `read`: reading in it. A key can grant only scopes that it has; `manage` may grant `publish` as well. */
            scopes: components["schemas"]["Scope"][];
            /** Format: date-time */
            createdAt: string;
            project: string;
        };
        /**
         * @example {
         *       "eventId": "invoice-1-paid",
         *       "state": "pending",
         *       "number": 4,
         *       "dueAt": "2026-11-21T22:04:48.000Z"
         *     }
         */
        PendingDelivery: {
            eventId: string;
            /** @enum {string} */
            state: "pending";
            /**
             * Format: int64
             * @description The number of the next attempt.
             */
            number: number;
            /**
             * Format: date-time
             * @description In the past if the delivery waits for its endpoint, or until its subscription is resumed.
             */
            dueAt: string;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "eventId": "invoice-1-paid",
         *           "state": "pending",
         *           "number": 4,
         *           "dueAt": "2026-11-21T22:04:48.000Z"
         *         }
         *       ],
         *       "cursor": null
         *     }
         */
        PendingDeliveryPage: {
            /** @description Possibly fewer items than the limit, or none: the list ends when `cursor` is null. */
            data: components["schemas"]["PendingDelivery"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
        };
        /**
         * @description All presets, without their samples.
         * @example {
         *       "data": [
         *         {
         *           "name": "hirehop",
         *           "description": "HireHop's webhooks: jobs, invoices, contacts",
         *           "eventTypes": [
         *             {
         *               "type": "job.created",
         *               "description": "A job was created"
         *             }
         *           ]
         *         }
         *       ],
         *       "cursor": null
         *     }
         */
        PresetList: {
            data: {
                name: string;
                description: string;
                eventTypes: {
                    type: string;
                    description: string | null;
                }[];
            }[];
            /** @description Always null. */
            cursor: string | null;
        };
        /**
         * @example {
         *       "event": {
         *         "id": "evt_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *         "type": "invoice.paid",
         *         "time": "2026-11-21T20:04:48.000Z"
         *       },
         *       "conditionHolds": true,
         *       "request": {
         *         "method": "POST",
         *         "url": "https://example.com/hook",
         *         "headers": {
         *           "content-type": "application/json",
         *           "webhook-id": "evt_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA"
         *         },
         *         "body": "{\"type\":\"invoice.paid\",\"timestamp\":\"2026-11-21T20:04:48.000Z\",\"data\":{\"id\":\"inv_1\",\"total\":120.5}}"
         *       },
         *       "error": null
         *     }
         */
        Preview: {
            /** @description The event that the request is for. */
            event: {
                id: string;
                type: string;
                /** Format: date-time */
                time: string;
            };
            /** @description Whether the event would be sent. Null if the condition cannot be evaluated. */
            conditionHolds: boolean | null;
            /** @description Null if no request can be made. */
            request: components["schemas"]["PreviewedRequest"] | null;
            error: components["schemas"]["PreviewError"] | null;
            /** @description Why no request can be made. */
            detail?: string;
            /** @description The setting that is at fault, if it is known. */
            fault?: components["schemas"]["RenderFault"];
        };
        /** @enum {string} */
        PreviewError: "render";
        /**
         * @example {
         *       "event": "invoice.paid",
         *       "data": {
         *         "id": "inv_1",
         *         "total": 120.5
         *       }
         *     }
         */
        PreviewRequest: {
            /** @description The event type. Default: a type that the subscription names, else the type of the latest event that it matches, else a registered type that it matches, else its pattern with `test` in place of the star. */
            event?: string;
            /** @description Default: the data of the latest event of the type, with its actor and changes; else its first registered sample; else an empty object. */
            data?: Record<string, never>;
            /** @description The id of a published event, instead of `event` and `data`. */
            eventId?: string;
        };
        PreviewedRequest: {
            method: components["schemas"]["DeliveryMethod"];
            url: string;
            /** @description Including the signature. Values of the subscription’s own headers are masked. */
            headers: {
                [key: string]: string;
            };
            body: string;
        };
        /**
         * @description A problem document (RFC 9457).
         * @example {
         *       "type": "about:blank",
         *       "title": "The request is not valid",
         *       "status": 422,
         *       "detail": "url is not a valid URL; events is required",
         *       "errors": [
         *         {
         *           "path": "url",
         *           "message": "is not a valid URL"
         *         },
         *         {
         *           "path": "events",
         *           "message": "is required"
         *         }
         *       ]
         *     }
         */
        Problem: {
            /** @enum {string} */
            type: "about:blank";
            /** @description The kind of problem. */
            title: string;
            /**
             * Format: int64
             * @description The HTTP status.
             */
            status: number;
            /** @description What went wrong, in one sentence. */
            detail: string;
            /** @description Every error of the request. */
            errors?: {
                /** @description The field: `events.0`, or `3.data.total` in an array of events. Empty for the body as a whole. */
                path: string;
                message: string;
            }[];
        };
        /**
         * @example {
         *       "id": "erp",
         *       "name": "Our ERP",
         *       "exportKey": null,
         *       "companyId": null,
         *       "retentionDays": 60,
         *       "frappeVersion": 16,
         *       "createdAt": "2026-11-21T20:04:48.000Z"
         *     }
         */
        Project: {
            id: string;
            /** @description A name for people. */
            name: string | null;
            /** @description HireHop’s `export_key`, the only authentication of its receivers. Keys with the scope `read` can see it, here and in the logged bodies that contain it. */
            exportKey: string | null;
            /** @description HireHop’s `company_id`, sent as given. HireHop’s own is a number. */
            companyId: components["schemas"]["CompanyId"] | null;
            /**
             * Format: uri
             * @description The address of the Frappe site that the project stands in for, such as `https://erp.example.com`. Templates make links with it (`frappe.get_url`, `utils.get_url_to_form`). Absent if there is none.
             */
            siteUrl?: string;
            /**
             * Format: int64
             * @description How many days events and their attempts are kept. Must be longer than the retry schedules of the project’s subscriptions.
             */
            retentionDays: number;
            /** @description Which version of Frappe new webhooks of Frappe’s API are retried like, and how their request log shows them. 16: after 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, and a row for each delivery. 15: after 1 and 4 s, and a row for each attempt. 16 unless the creation says otherwise. */
            frappeVersion: components["schemas"]["FrappeVersion"];
            /** Format: date-time */
            createdAt: string;
        };
        /** @description An attempt with the name of its subscription. */
        ProjectAttempt: {
            id: string;
            eventId: string;
            eventType: string;
            subscriptionId: string;
            /**
             * Format: int64
             * @description 1 for the first attempt of a delivery.
             */
            number: number;
            trigger: components["schemas"]["AttemptTrigger"];
            /** @description The trace that the request belongs to, if the event has one. */
            traceId?: string;
            /** Format: date-time */
            at: string;
            /** @description Milliseconds from the DNS look-up to the last byte. */
            durationMs: number;
            /** @description The request as it was sent. */
            request: components["schemas"]["AttemptRequest"];
            /** @description The redirects that were followed. The `response` is that of the last request. */
            redirects?: components["schemas"]["Redirect"][];
            /** @description Null if there was no response. */
            response: components["schemas"]["AttemptResponse"] | null;
            outcome: components["schemas"]["Outcome"];
            /** @description `status`: the response was not a success. `render`: no request could be made from the event. `dns`: the host name does not exist, has an address that is not public, or its name servers do not answer; which of them is not told. `blocked-address`: the URL itself is not allowed. */
            error: components["schemas"]["AttemptError"] | null;
            /** @description Details of the error. */
            detail?: string;
            /**
             * Format: date-time
             * @description Null if no attempt follows.
             */
            nextAttemptAt: string | null;
            /** @description Null if the subscription has none, or is gone. */
            subscriptionName: string | null;
        };
        ProjectAttemptPage: {
            /** @description Possibly fewer items than the limit, or none: the list ends when `cursor` is null. */
            data: components["schemas"]["ProjectAttempt"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "erp",
         *           "name": "Our ERP",
         *           "exportKey": null,
         *           "companyId": null,
         *           "retentionDays": 60,
         *           "frappeVersion": 16,
         *           "createdAt": "2026-11-21T20:04:48.000Z"
         *         }
         *       ],
         *       "cursor": null
         *     }
         */
        ProjectPage: {
            /** @description Possibly fewer items than the limit, or none: the list ends when `cursor` is null. */
            data: components["schemas"]["Project"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
        };
        /**
         * @description Merged at the top level.
         * @example {
         *       "retentionDays": 90
         *     }
         */
        ProjectPatch: {
            /** @description A name for people. */
            name?: string | null;
            /** @description HireHop’s `export_key`, the only authentication of its receivers. Keys with the scope `read` can see it, here and in the logged bodies that contain it. */
            exportKey?: string | null;
            /** @description HireHop’s `company_id`, sent as given. HireHop’s own is a number. */
            companyId?: components["schemas"]["CompanyId"] | null;
            /** @description The address of the Frappe site that the project stands in for, such as `https://erp.example.com`. Templates make links with it (`frappe.get_url`, `utils.get_url_to_form`). Absent if there is none. */
            siteUrl?: string | null;
            /** @description How many days events and their attempts are kept. Must be longer than the retry schedules of the project’s subscriptions. */
            retentionDays?: number;
            /** @description Which version of Frappe new webhooks of Frappe’s API are retried like, and how their request log shows them. 16: after 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, and a row for each delivery. 15: after 1 and 4 s, and a row for each attempt. 16 unless the creation says otherwise. */
            frappeVersion?: components["schemas"]["FrappeVersion"];
        };
        /**
         * @example {
         *       "subscriptions": {
         *         "failing": {
         *           "count": 1,
         *           "more": false
         *         },
         *         "paused": {
         *           "count": 0,
         *           "more": false
         *         },
         *         "disabled": {
         *           "count": 1000,
         *           "more": true
         *         }
         *       },
         *       "failing": {
         *         "data": [
         *           {
         *             "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *             "name": "Billing sync",
         *             "url": "https://example.com/hook",
         *             "reason": "failing",
         *             "since": "2026-11-21T20:04:48.000Z",
         *             "held": 53,
         *             "nextProbeAt": null,
         *             "lastFailure": "answered 503",
         *             "lastFailureAt": "2026-11-21T20:05:03.000Z",
         *             "lastSuccessAt": null
         *           }
         *         ],
         *         "more": false
         *       },
         *       "held": {
         *         "count": 53,
         *         "more": false
         *       },
         *       "lastHour": {
         *         "since": "2026-11-21T19:05:00.000Z",
         *         "attempts": 120,
         *         "delivered": 118,
         *         "failed": 0
         *       },
         *       "lastDay": {
         *         "since": "2026-11-20T20:05:00.000Z",
         *         "attempts": 3120,
         *         "delivered": 3060,
         *         "failed": 12
         *       }
         *     }
         */
        ProjectSummary: {
            /** @description The subscriptions that are not healthy, by state, each counted up to 1000. */
            subscriptions: {
                failing: {
                    count: number;
                    /** @description Whether there are more than are counted. */
                    more: boolean;
                };
                paused: {
                    count: number;
                    /** @description Whether there are more than are counted. */
                    more: boolean;
                };
                disabled: {
                    count: number;
                    /** @description Whether there are more than are counted. */
                    more: boolean;
                };
            };
            failing: {
                /** @description The endpoints that fail now, the latest first, at most 20. */
                data: {
                    subscriptionId: string;
                    name: string | null;
                    url: string;
                    /**
                     * @description As `health.reason`. `errors`: requests fail, too few or too well answered to slow it down.
                     * @enum {string}
                     */
                    reason: "down" | "failing" | "slow" | "busy" | "recovering" | "errors";
                    /** Format: date-time */
                    since: string | null;
                    /**
                     * Format: int64
                     * @description About how many deliveries wait.
                     */
                    held: number;
                    /**
                     * Format: date-time
                     * @description Null unless the reason is `down` and a delivery waits: without one, the next event is the probe.
                     */
                    nextProbeAt: string | null;
                    /** @description What the last failure was, such as `answered 503`. */
                    lastFailure: string | null;
                    /** Format: date-time */
                    lastFailureAt: string | null;
                    /**
                     * Format: date-time
                     * @description Updated only while the endpoint fails.
                     */
                    lastSuccessAt: string | null;
                }[];
                more: boolean;
            };
            /** @description About how many deliveries wait for subscriptions that fail or are paused, for 100 of them at most. */
            held: {
                /** Format: int64 */
                count: number;
                /** @description Whether further subscriptions hold deliveries. */
                more: boolean;
            };
            lastHour: {
                /**
                 * Format: date-time
                 * @description The start of the period, at five minutes.
                 */
                since: string;
                /**
                 * Format: int64
                 * @description The requests, first attempts and retries alike.
                 */
                attempts: number;
                /**
                 * Format: int64
                 * @description The deliveries that ended with a success.
                 */
                delivered: number;
                /**
                 * Format: int64
                 * @description The deliveries that ended with a failure: no attempt follows.
                 */
                failed: number;
            };
            lastDay: {
                /**
                 * Format: date-time
                 * @description The start of the period, at five minutes.
                 */
                since: string;
                /**
                 * Format: int64
                 * @description The requests, first attempts and retries alike.
                 */
                attempts: number;
                /**
                 * Format: int64
                 * @description The deliveries that ended with a success.
                 */
                delivered: number;
                /**
                 * Format: int64
                 * @description The deliveries that ended with a failure: no attempt follows.
                 */
                failed: number;
            };
        };
        RateLimit: {
            perSecond: number;
        };
        Redirect: {
            /**
             * Format: int64
             * @description The status of the response.
             */
            status: number;
            /**
             * @description The method of the request that followed it.
             * @enum {string}
             */
            method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
            /** @description The URL of that request. Below the scope `manage`, what may be a credential is left out. */
            location: string;
        };
        /** @enum {string} */
        RedirectPolicy: "fail" | "accept" | "follow";
        RenderFault: {
            setting: components["schemas"]["RenderedSetting"];
            /**
             * Format: int64
             * @description The line of its text.
             */
            line: number;
        };
        /** @enum {string} */
        RenderedSetting: "condition" | "template" | "url";
        /**
         * @example {
         *       "id": "job_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *       "state": "running",
         *       "done": 20,
         *       "total": 53,
         *       "endsAt": "2026-11-21T20:05:03.000Z",
         *       "since": "2026-11-20T00:00:00.000Z",
         *       "until": "2026-11-21T20:04:48.000Z",
         *       "only": "missing",
         *       "requestedAt": "2026-11-21T20:04:48.000Z",
         *       "endedAt": null
         *     }
         */
        ReplayJob: {
            id: string;
            state: components["schemas"]["ReplayState"];
            /**
             * Format: int64
             * @description The number of deliveries that were put into the subscription’s mailbox, at the pace at which the endpoint takes them.
             */
            done: number;
            /**
             * Format: int64
             * @description How many deliveries it makes in all: an estimate while it is running, exact afterwards.
             */
            total: number;
            /**
             * Format: date-time
             * @description When it ends, an estimate; null while there is none, and when it has ended.
             */
            endsAt: string | null;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            /** @description `failed`: deliveries whose last attempt failed, also those that still wait for a retry. `all`: every matching event. `missing`: matching events that were never attempted, for example because they are older than the subscription. */
            only: components["schemas"]["ReplaySelection"];
            /** Format: date-time */
            requestedAt: string;
            /**
             * Format: date-time
             * @description Null while it is running, and if a version before 0.2 has ended it.
             */
            endedAt: string | null;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "job_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *           "state": "running",
         *           "done": 20,
         *           "total": 53,
         *           "endsAt": "2026-11-21T20:05:03.000Z",
         *           "since": "2026-11-20T00:00:00.000Z",
         *           "until": "2026-11-21T20:04:48.000Z",
         *           "only": "missing",
         *           "requestedAt": "2026-11-21T20:04:48.000Z",
         *           "endedAt": null
         *         }
         *       ],
         *       "cursor": null
         *     }
         */
        ReplayJobPage: {
            /** @description Possibly fewer items than the limit, or none: the list ends when `cursor` is null. */
            data: components["schemas"]["ReplayJob"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
        };
        /**
         * @example {
         *       "since": "2026-11-20T00:00:00Z",
         *       "only": "missing"
         *     }
         */
        ReplayRequest: {
            /**
             * Format: date-time
             * @description Events that were accepted at this time or later.
             */
            since: string;
            /**
             * Format: date-time
             * @description Events that were accepted at this time or earlier; not before `since`. Default and latest: now.
             */
            until?: string;
            /**
             * @description `failed`: deliveries whose last attempt failed, also those that still wait for a retry. `all`: every matching event. `missing`: matching events that were never attempted, for example because they are older than the subscription.
             * @default failed
             */
            only?: components["schemas"]["ReplaySelection"];
        };
        /** @enum {string} */
        ReplaySelection: "failed" | "all" | "missing";
        /**
         * @description `cancelled`: someone has cancelled it, or the subscription was disabled or removed.
         * @enum {string}
         */
        ReplayState: "running" | "done" | "cancelled";
        /**
         * @example {
         *       "deliveries": [
         *         {
         *           "eventId": "invoice-1-paid",
         *           "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA"
         *         }
         *       ]
         *     }
         */
        ResendRequest: {
            /** @description The deliveries, 1 to 100. One that is named twice is made once. */
            deliveries: {
                eventId: string;
                subscriptionId: string;
            }[];
        };
        RetryPolicy: components["schemas"]["RetrySchedule"] | components["schemas"]["RetryWaits"];
        /** @enum {string} */
        RetrySchedule: "standard" | "none";
        RetryWaits: number[];
        /**
         * @example {
         *       "overlapSeconds": 3600
         *     }
         */
        Rotation: {
            /** @description The new secret: `whsec_` and the base64 of 24 to 64 bytes; with other signatures than `standard`, 1 to 1024 characters. Generated by default. */
            secret?: string;
            /**
             * @description How long the old secret signs requests as well; a week at most.
             * @default 86400
             */
            overlapSeconds?: number;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "inv_1",
         *           "total": 120.5
         *         }
         *       ],
         *       "cursor": null
         *     }
         */
        Samples: {
            data: unknown[];
            /** @description Always null. */
            cursor: string | null;
        };
        /** @enum {string} */
        Scope: "admin" | "manage" | "publish" | "read";
        /** @enum {string} */
        SignatureKind: "standard" | "stripe" | "github" | "frappe" | "none";
        /**
         * @example {
         *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw7n0pYl3sAbc="
         *     }
         */
        SigningSecret: {
            /** @description The secret that signs the requests. */
            secret: string;
        };
        /**
         * @example {
         *       "id": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *       "rateLimit": null,
         *       "maxInFlight": null,
         *       "ordering": "none",
         *       "paused": false,
         *       "name": "Billing sync",
         *       "enabled": true,
         *       "condition": null,
         *       "method": "POST",
         *       "headers": {
         *         "x-api-key": "***"
         *       },
         *       "format": "standard",
         *       "fields": null,
         *       "fieldsEncoding": "json",
         *       "template": null,
         *       "dynamicUrl": false,
         *       "dynamicOrigin": false,
         *       "signature": "standard",
         *       "timeoutSeconds": 10,
         *       "retry": "standard",
         *       "redirects": "fail",
         *       "traceState": false,
         *       "log": "compact",
         *       "metadata": {},
         *       "url": "https://example.com/hook",
         *       "events": [
         *         "invoice.paid",
         *         "job.*"
         *       ],
         *       "disabledReason": null,
         *       "health": {
         *         "mode": "direct",
         *         "reason": null,
         *         "since": null,
         *         "tried": true,
         *         "held": 0,
         *         "nextProbeAt": null,
         *         "window": null,
         *         "perSecond": null,
         *         "lastSuccessAt": null,
         *         "lastFailureAt": null,
         *         "lastFailure": null
         *       },
         *       "createdAt": "2026-11-21T20:04:48.000Z",
         *       "updatedAt": "2026-11-21T20:04:48.000Z"
         *     }
         */
        Subscription: {
            id: string;
            /** @description The hook: https, on port 443 or from 1024 up, at a public address. Local stacks allow http and loopback addresses as well. Unless the key has the scope `manage`, the query and path segments that may be credentials are returned as `***`. */
            url: string;
            /** @description Exact types, `prefix.*` (one or more further segments) or `*`. `ancrage.*` matches operational events: `ancrage.delivery.exhausted` and `ancrage.subscription.disabled`. `*` does not. The first has `eventId` and `eventType` only if another pattern of the subscription matches that type. */
            events: string[];
            /** @description A name for people. */
            name: string | null;
            /** @description A disabled subscription gets no events. Deliveries that were pending when it was disabled stay cancelled, even after it is enabled again. */
            enabled: boolean;
            /** @description A Python expression that must be true for an event to be sent, such as `data.total > 1000`. Names: `data` (also `doc`), `event`, `changes`, `utils`. Null: every event is sent. */
            condition: string | null;
            /** @description The method of the requests. */
            method: components["schemas"]["DeliveryMethod"];
            /** @description Added to each request: at most 50, with 8192 characters in total, except `webhook-*`, `ancrage-hops`, `ancrage-test`, `traceparent`, `tracestate` and headers that frame a request. Values have printable characters of Latin-1, which are sent as one byte each. They are returned as `***`, except those of `content-type`, `accept` and `user-agent`; sending `***` back leaves them unchanged. A change of `url` or `dynamicUrl` needs them again. */
            headers: {
                [key: string]: string;
            };
            /** @description The format of the body. `standard`: `{"type", "timestamp", "data"}`, plus `changes` and `actor` if the event has them; `data`: the event's data alone; `cloudevents`: CloudEvents 1.0 in structured mode, a CloudEvent with all of its attributes; `fields`: the fields that `fields` names; `template`: the JSON that `template` renders; `weavy`: `{"result": data}`, as Weavy sends it; a 410 then removes the subscription; `hirehop`: as HireHop sends it, by default once and unsigned. */
            format: components["schemas"]["BodyFormat"];
            /** @description Required by the format `fields`: each `key`, which must be unique, gets the value of `fieldname` in the data, or null. */
            fields: components["schemas"]["FieldMapping"][] | null;
            /** @description For the format `fields`; `form` is `application/x-www-form-urlencoded`. */
            fieldsEncoding: components["schemas"]["FieldsEncoding"];
            /** @description Required by the format `template`: a Jinja template that renders JSON, with the same names as conditions. */
            template: string | null;
            /** @description `url` is a Jinja template of at most 2048 characters, with the same names as conditions. Values in the path and query are percent-encoded. The rendered URL is checked for each request. */
            dynamicUrl: boolean;
            /** @description Whether the template of `url` may render the origin, too: the scheme, host or port. Otherwise it must begin with one. */
            dynamicOrigin: boolean;
            /** @description The signature of the requests. `standard`: the headers of Standard Webhooks; `stripe`: `Stripe-Signature`, as Stripe makes it; `github`: `X-Hub-Signature-256`, as GitHub makes it; `frappe`: `X-Frappe-Webhook-Signature`; `none`: no signature. */
            signature: components["schemas"]["SignatureKind"];
            /** @description Seconds from the DNS look-up to the last byte of the response. */
            timeoutSeconds: number;
            /** @description `standard`: after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, each ± 20 %. `none`: one attempt. Or a list of waits in seconds, which are exact. A new subscription has `standard`. The schedule must be shorter than the time for which the project keeps its events. */
            retry: components["schemas"]["RetryPolicy"];
            /** @description `fail`: a redirect is a failure. `accept`: a 302 or 303 counts as delivered, as of a web application that has processed the request when it redirects. `follow`: a 302 or 303 is followed once, with a GET; another origin gets neither `headers` nor signatures, and http is never requested after https. The webhooks of Frappe’s API follow up to five, with the methods of Python’s `requests`. */
            redirects: components["schemas"]["RedirectPolicy"];
            /** @description The most requests that the endpoint is sent in any second, retries and replays included. Null: as many as it takes. */
            rateLimit: components["schemas"]["RateLimit"] | null;
            /** @description The most requests that the endpoint is sent at once. Null: as many as it takes. */
            maxInFlight: number | null;
            /** @description `strict`: the events of an `orderingKey` are sent in the order in which they were published, the next one when the one before has succeeded or ended. Other keys are not affected. `none`: as they come. */
            ordering: components["schemas"]["DeliveryOrdering"];
            /** @description Whether requests have the `tracestate` of the publisher’s trace, in the format `cloudevents` also as an attribute of the event. It may say something about the publisher’s systems. Every request of an event with a trace has the `traceparent`. */
            traceState: boolean;
            /** @description How much of a success the request log keeps. `compact`: about 1 KB. `full`: every header and 16 KB of each body, as of failures, while the project has logged less than it may in a day. */
            log: components["schemas"]["LogDetail"];
            /** @description While true, nothing is sent and deliveries wait. They expire with their events, after the retention time of the project. */
            paused: boolean;
            /** @description For your own use: at most 50 entries, with 8192 characters in total. */
            metadata: {
                [key: string]: string;
            };
            /** @description `gone`: the endpoint answered 410. `failing`: five days without a success. Null while the subscription is enabled. */
            disabledReason: components["schemas"]["DisabledReason"] | null;
            health: components["schemas"]["EndpointHealth"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Only in the answer to a request that saves, and only if there is something to warn of: what was saved does not fit samples or the latest events. */
            warnings?: components["schemas"]["FitWarning"][];
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *           "rateLimit": null,
         *           "maxInFlight": null,
         *           "ordering": "none",
         *           "paused": false,
         *           "name": "Billing sync",
         *           "enabled": true,
         *           "condition": null,
         *           "method": "POST",
         *           "headers": {
         *             "x-api-key": "***"
         *           },
         *           "format": "standard",
         *           "fields": null,
         *           "fieldsEncoding": "json",
         *           "template": null,
         *           "dynamicUrl": false,
         *           "dynamicOrigin": false,
         *           "signature": "standard",
         *           "timeoutSeconds": 10,
         *           "retry": "standard",
         *           "redirects": "fail",
         *           "traceState": false,
         *           "log": "compact",
         *           "metadata": {},
         *           "url": "https://example.com/hook",
         *           "events": [
         *             "invoice.paid",
         *             "job.*"
         *           ],
         *           "disabledReason": null,
         *           "health": {
         *             "mode": "direct",
         *             "reason": null,
         *             "since": null,
         *             "tried": true,
         *             "held": 0,
         *             "nextProbeAt": null,
         *             "window": null,
         *             "perSecond": null,
         *             "lastSuccessAt": null,
         *             "lastFailureAt": null,
         *             "lastFailure": null
         *           },
         *           "createdAt": "2026-11-21T20:04:48.000Z",
         *           "updatedAt": "2026-11-21T20:04:48.000Z"
         *         }
         *       ],
         *       "cursor": null
         *     }
         */
        SubscriptionPage: {
            /** @description Possibly fewer items than the limit, or none: the list ends when `cursor` is null. */
            data: components["schemas"]["Subscription"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
        };
        /**
         * @description Merged at the top level.
         * @example {
         *       "events": [
         *         "invoice.*"
         *       ],
         *       "retry": [
         *         60,
         *         3600
         *       ]
         *     }
         */
        SubscriptionPatch: {
            /** @description The hook: https, on port 443 or from 1024 up, at a public address. Local stacks allow http and loopback addresses as well. Unless the key has the scope `manage`, the query and path segments that may be credentials are returned as `***`. */
            url?: string;
            /** @description Exact types, `prefix.*` (one or more further segments) or `*`. `ancrage.*` matches operational events: `ancrage.delivery.exhausted` and `ancrage.subscription.disabled`. `*` does not. The first has `eventId` and `eventType` only if another pattern of the subscription matches that type. */
            events?: string[];
            /** @description A name for people. */
            name?: string | null;
            /** @description A disabled subscription gets no events. Deliveries that were pending when it was disabled stay cancelled, even after it is enabled again. */
            enabled?: boolean;
            /** @description A Python expression that must be true for an event to be sent, such as `data.total > 1000`. Names: `data` (also `doc`), `event`, `changes`, `utils`. Null: every event is sent. */
            condition?: string | null;
            /** @description The method of the requests. */
            method?: components["schemas"]["DeliveryMethod"];
            /** @description Added to each request: at most 50, with 8192 characters in total, except `webhook-*`, `ancrage-hops`, `ancrage-test`, `traceparent`, `tracestate` and headers that frame a request. Values have printable characters of Latin-1, which are sent as one byte each. They are returned as `***`, except those of `content-type`, `accept` and `user-agent`; sending `***` back leaves them unchanged. A change of `url` or `dynamicUrl` needs them again. */
            headers?: {
                [key: string]: string;
            };
            /** @description The format of the body. `standard`: `{"type", "timestamp", "data"}`, plus `changes` and `actor` if the event has them; `data`: the event's data alone; `cloudevents`: CloudEvents 1.0 in structured mode, a CloudEvent with all of its attributes; `fields`: the fields that `fields` names; `template`: the JSON that `template` renders; `weavy`: `{"result": data}`, as Weavy sends it; a 410 then removes the subscription; `hirehop`: as HireHop sends it, by default once and unsigned. */
            format?: components["schemas"]["BodyFormat"];
            /** @description Required by the format `fields`: each `key`, which must be unique, gets the value of `fieldname` in the data, or null. */
            fields?: components["schemas"]["FieldMapping"][] | null;
            /** @description For the format `fields`; `form` is `application/x-www-form-urlencoded`. */
            fieldsEncoding?: components["schemas"]["FieldsEncoding"];
            /** @description Required by the format `template`: a Jinja template that renders JSON, with the same names as conditions. */
            template?: string | null;
            /** @description `url` is a Jinja template of at most 2048 characters, with the same names as conditions. Values in the path and query are percent-encoded. The rendered URL is checked for each request. */
            dynamicUrl?: boolean;
            /** @description Whether the template of `url` may render the origin, too: the scheme, host or port. Otherwise it must begin with one. */
            dynamicOrigin?: boolean;
            /** @description The signature of the requests. `standard`: the headers of Standard Webhooks; `stripe`: `Stripe-Signature`, as Stripe makes it; `github`: `X-Hub-Signature-256`, as GitHub makes it; `frappe`: `X-Frappe-Webhook-Signature`; `none`: no signature. */
            signature?: components["schemas"]["SignatureKind"];
            /** @description Seconds from the DNS look-up to the last byte of the response. */
            timeoutSeconds?: number;
            /** @description `standard`: after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, each ± 20 %. `none`: one attempt. Or a list of waits in seconds, which are exact. A new subscription has `standard`. The schedule must be shorter than the time for which the project keeps its events. */
            retry?: components["schemas"]["RetryPolicy"];
            /** @description `fail`: a redirect is a failure. `accept`: a 302 or 303 counts as delivered, as of a web application that has processed the request when it redirects. `follow`: a 302 or 303 is followed once, with a GET; another origin gets neither `headers` nor signatures, and http is never requested after https. The webhooks of Frappe’s API follow up to five, with the methods of Python’s `requests`. */
            redirects?: components["schemas"]["RedirectPolicy"];
            /** @description The most requests that the endpoint is sent in any second, retries and replays included. Null: as many as it takes. */
            rateLimit?: components["schemas"]["RateLimit"] | null;
            /** @description The most requests that the endpoint is sent at once. Null: as many as it takes. */
            maxInFlight?: number | null;
            /** @description `strict`: the events of an `orderingKey` are sent in the order in which they were published, the next one when the one before has succeeded or ended. Other keys are not affected. `none`: as they come. */
            ordering?: components["schemas"]["DeliveryOrdering"];
            /** @description Whether requests have the `tracestate` of the publisher’s trace, in the format `cloudevents` also as an attribute of the event. It may say something about the publisher’s systems. Every request of an event with a trace has the `traceparent`. */
            traceState?: boolean;
            /** @description How much of a success the request log keeps. `compact`: about 1 KB. `full`: every header and 16 KB of each body, as of failures, while the project has logged less than it may in a day. */
            log?: components["schemas"]["LogDetail"];
            /** @description While true, nothing is sent and deliveries wait. They expire with their events, after the retention time of the project. */
            paused?: boolean;
            /** @description For your own use: at most 50 entries, with 8192 characters in total. */
            metadata?: {
                [key: string]: string;
            };
        };
        /**
         * @example {
         *       "event": "invoice.paid",
         *       "data": {
         *         "id": "inv_1",
         *         "total": 120.5
         *       }
         *     }
         */
        TestRequest: {
            /** @description The event type. Default: a type that the subscription names, else a registered type that it matches and that has a sample, else its pattern with `test` in place of the star. */
            event?: string;
            /** @description Default: the first registered sample of the type; else an empty object. */
            data?: Record<string, never>;
            /** @description The id of a published event, instead of `event` and `data`: the request has its data, which may be a customer’s, under a new id. */
            eventId?: string;
        };
        /**
         * @example {
         *       "authToken": "ancrage_token_8yQv2f1s4d6g7h9j0k2l3z5x7c8v9b1n3m5q7w9e1r3",
         *       "expiresIn": 43200,
         *       "generatedTimeUTC": "2026-11-21T20:04:48.000Z",
         *       "passwordExpiryUTC": null
         *     }
         */
        Token: {
            /** @description Send it as `Bearer`, like a key. */
            authToken: string;
            /**
             * Format: int64
             * @description Seconds.
             */
            expiresIn: number;
            /** Format: date-time */
            generatedTimeUTC: string;
            /**
             * Format: date-time
             * @description Always null.
             */
            passwordExpiryUTC: string | null;
        };
        /**
         * @example {
         *       "stepSeconds": 300,
         *       "data": [
         *         {
         *           "at": "2026-11-21T20:00:00.000Z",
         *           "succeeded": 118,
         *           "retrying": 2,
         *           "failed": 0,
         *           "p50Ms": 50,
         *           "p95Ms": 350
         *         }
         *       ]
         *     }
         */
        Traffic: {
            /**
             * Format: int64
             * @description 300 for periods of up to a day, 3600 for longer ones.
             */
            stepSeconds: number;
            data: {
                /**
                 * Format: date-time
                 * @description The start of the step.
                 */
                at: string;
                /** Format: int64 */
                succeeded: number;
                /**
                 * Format: int64
                 * @description Failed, and another attempt follows.
                 */
                retrying: number;
                /**
                 * Format: int64
                 * @description Failed, and no attempt follows.
                 */
                failed: number;
                /** @description The median duration in milliseconds; null without attempts. */
                p50Ms: number | null;
                /** @description The 95th percentile of the durations. */
                p95Ms: number | null;
            }[];
        };
        /**
         * @example {
         *       "events": {
         *         "perSecond": 100,
         *         "burst": 5000,
         *         "available": 4980
         *       },
         *       "bytesToday": {
         *         "used": 123456,
         *         "limit": 10000000000
         *       },
         *       "loggedBytesToday": {
         *         "used": 20480,
         *         "limit": 100000000
         *       },
         *       "subscriptions": {
         *         "used": 25,
         *         "limit": 10000
         *       },
         *       "keys": {
         *         "used": 3,
         *         "limit": 100
         *       },
         *       "eventTypes": {
         *         "used": 40,
         *         "limit": 1000
         *       },
         *       "tests": {
         *         "used": 0,
         *         "limit": 5
         *       },
         *       "jobs": {
         *         "used": 1,
         *         "limit": 20
         *       }
         *     }
         */
        Usage: {
            /** @description How many events the project may publish in a second, how many at once after a quiet time, and how many now. */
            events: {
                /** Format: int64 */
                perSecond: number;
                /** Format: int64 */
                burst: number;
                /** Format: int64 */
                available: number;
            };
            /** @description What the project has published since midnight (UTC). */
            bytesToday: components["schemas"]["UsedOfLimit"];
            /** @description What the request log has kept in full since midnight (UTC). */
            loggedBytesToday: {
                /** Format: int64 */
                used: number;
                /** Format: int64 */
                limit: number;
            };
            /** @description Its subscriptions. */
            subscriptions: components["schemas"]["UsedOfLimit"];
            /** @description Its API keys. */
            keys: components["schemas"]["UsedOfLimit"];
            /** @description Its event types. */
            eventTypes: components["schemas"]["UsedOfLimit"];
            /** @description Its open test requests. */
            tests: components["schemas"]["UsedOfLimit"];
            /** @description Its running replays. */
            jobs: components["schemas"]["UsedOfLimit"];
        };
        UsedOfLimit: {
            /** Format: int64 */
            used: number;
            /** Format: int64 */
            limit: number;
        };
        /**
         * @example {
         *       "result": {
         *         "codeWebhookSubscription": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA"
         *       }
         *     }
         */
        WeavyAnswer: components["schemas"]["WeavySubscribed"] | components["schemas"]["WeavySamples"];
        /**
         * @example {
         *       "event": "NewOpportunity"
         *     }
         */
        WeavyPerformList: {
            /** @description An event type. */
            event: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description The fields depend on `c`. Others are ignored.
         * @example {
         *       "event": "NewOpportunity",
         *       "hookUrl": "https://example.com/hook"
         *     }
         */
        WeavyRequest: components["schemas"]["WeavySubscribe"] | components["schemas"]["WeavyUnsubscribe"] | components["schemas"]["WeavyUnsubscribeAll"] | components["schemas"]["WeavyPerformList"];
        /** @description The data of the latest three events of the type, or else its registered samples. */
        WeavySamples: {
            result: {
                [key: string]: unknown;
            };
        }[];
        /**
         * @example {
         *       "event": "NewOpportunity",
         *       "hookUrl": "https://example.com/hook"
         *     }
         */
        WeavySubscribe: {
            /** @description An event type or a pattern. */
            event: string;
            /** @description Like `url` of a subscription. */
            hookUrl: string;
        } & {
            [key: string]: unknown;
        };
        WeavySubscribed: {
            result: {
                /** @description The subscription’s id. */
                codeWebhookSubscription: string;
            };
        };
        /**
         * @example {
         *       "codeWebhookSubscription": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA"
         *     }
         */
        WeavyUnsubscribe: {
            /** @description The subscription’s id. */
            codeWebhookSubscription: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description All that subscribing returned.
         * @example {
         *       "result": {
         *         "codeWebhookSubscription": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA"
         *       }
         *     }
         */
        WeavyUnsubscribeAll: {
            result: components["schemas"]["WeavyUnsubscribe"];
        } & {
            [key: string]: unknown;
        };
        /** @description A `Webhook` document. Fields without a value are missing. */
        Webhook: {
            name: string;
            /** @description The id of the key that created it. */
            owner: string;
            creation: string;
            modified: string;
            modified_by: string;
            /** @enum {number} */
            docstatus: 0;
            /** Format: int64 */
            idx: number;
            /** @description Together with `webhook_docevent`, the event type: `Sales Invoice.on_update`. */
            webhook_doctype: string;
            /** @enum {string} */
            webhook_docevent: "after_insert" | "on_update" | "on_submit" | "on_cancel" | "on_trash" | "on_update_after_submit" | "on_change" | "workflow_transition";
            /** @description 0 or 1. */
            enabled: components["schemas"]["FrappeCheck"];
            /** @description A Python expression over `doc` and `utils`. */
            condition?: string;
            /** @description Like `url` of a subscription. */
            request_url: string;
            /** @description 0 or 1: whether `request_url` is a Jinja template. */
            is_dynamic_url: components["schemas"]["FrappeCheck"];
            /** @enum {string} */
            request_method: "POST" | "PUT" | "DELETE";
            /**
             * @description `Form URL-Encoded` removes `webhook_json`, `JSON` removes `webhook_data`. The body is JSON in both cases.
             * @enum {string}
             */
            request_structure: "" | "Form URL-Encoded" | "JSON";
            /**
             * Format: int64
             * @description Seconds, up to 30.
             */
            timeout: number;
            /** @description Stored, without effect. */
            background_jobs_queue?: string;
            /** @description 0 or 1: whether requests are signed. */
            enable_security: components["schemas"]["FrappeCheck"];
            /** @description Returned as asterisks; sending these back leaves it unchanged. */
            webhook_secret?: string;
            /** @description A Jinja template that renders JSON. Not used if there is `webhook_data`. */
            webhook_json?: string;
            /** @enum {string} */
            doctype: "Webhook";
            /** @description A row without key or value is stored, but not sent. */
            webhook_headers: {
                name: string;
                /** @description The id of the key that created it. */
                owner: string;
                creation: string;
                modified: string;
                modified_by: string;
                /** @enum {number} */
                docstatus: 0;
                /** Format: int64 */
                idx: number;
                parent: string;
                parentfield: string;
                /** @enum {string} */
                parenttype: "Webhook";
                key?: string;
                value?: string;
                /** @enum {string} */
                doctype: "Webhook Header";
            }[];
            /** @description Which fields of the document are sent, and under which keys. */
            webhook_data: {
                name: string;
                /** @description The id of the key that created it. */
                owner: string;
                creation: string;
                modified: string;
                modified_by: string;
                /** @enum {number} */
                docstatus: 0;
                /** Format: int64 */
                idx: number;
                parent: string;
                parentfield: string;
                /** @enum {string} */
                parenttype: "Webhook";
                fieldname: string;
                key: string;
                /** @enum {string} */
                doctype: "Webhook Data";
            }[];
        };
        /** @description A delivery with its latest request. With the project’s `frappeVersion` 15: one request, or a failure to make one. */
        WebhookRequestLog: {
            name: string;
            /** @description The id of the key that created it. */
            owner: string;
            creation: string;
            modified: string;
            modified_by: string;
            /** @enum {number} */
            docstatus: 0;
            /** Format: int64 */
            idx: number;
            webhook: string;
            reference_doctype: string;
            /** @description The `name` in the event’s data. */
            reference_document?: string;
            /** @description The `email` or `id` of the event’s actor. */
            user?: string;
            url: string;
            /** @description JSON. */
            headers?: string;
            /** @description JSON. */
            data?: string;
            /** @description The body of the response. */
            response?: string;
            /** @description Empty if there was none. */
            error: string;
            /**
             * @description `Failed`: another attempt follows. `Exhausted`: none does. Not in version 15.
             * @enum {string}
             */
            status?: "Delivered" | "Failed" | "Exhausted";
            /**
             * Format: int64
             * @description How many were made. Not in version 15.
             */
            attempts?: number;
            /** @description When the next attempt is due. Not in version 15. */
            next_retry?: string;
            /** @enum {string} */
            doctype: "Webhook Request Log";
        };
    };
    responses: {
        /** @description The cursor does not belong to this list. */
        BadCursor: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/json": components["schemas"]["GatewayMessage"];
            };
        };
        /** @description The path is not percent-encoded UTF-8, or the body is not UTF-8. */
        NotUtf8: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/json": components["schemas"]["GatewayMessage"];
            };
        };
        /** @description The cursor does not belong to this list, or the path is not percent-encoded UTF-8. */
        BadCursorOrPath: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/json": components["schemas"]["GatewayMessage"];
            };
        };
        /** @description The bearer is malformed, unknown or expired; or missing, which the gateway says. */
        Unauthorized: {
            headers: {
                /** @description `Bearer` */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/json": components["schemas"]["GatewayMessage"];
            };
        };
        /** @description The key lacks the scope `admin`. */
        NeedsAdmin: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key lacks the scope `manage`. */
        NeedsManage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key lacks the scope `publish`. */
        NeedsPublish: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key lacks the scope `read`. */
        NeedsRead: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The project does not exist, or the key belongs to another one. */
        NoSuchProject: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The project has no such resource, or does not exist. Another project’s resources look the same. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than 256 KB. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/json": components["schemas"]["GatewayMessage"];
            };
        };
        /** @description The content type is not JSON, or the body has a content encoding. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request is not valid, or its body is not JSON. `errors` lists every error. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description API Gateway throttles the route, the stage or the account. Send the request again later. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GatewayMessage"];
            };
        };
        /** @description The key could not be looked up. Send the request again. */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/json": components["schemas"]["GatewayMessage"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listProjects: {
        parameters: {
            query?: {
                /** @description The maximum number of items on a page. */
                limit?: number;
                /** @description The `cursor` of the previous page; opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of projects, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "erp",
                     *           "name": "Our ERP",
                     *           "exportKey": null,
                     *           "companyId": null,
                     *           "retentionDays": 60,
                     *           "frappeVersion": 16,
                     *           "createdAt": "2026-11-21T20:04:48.000Z"
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ProjectPage"];
                };
            };
            400: components["responses"]["BadCursor"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsAdmin"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createProject: {
        parameters: {
            query?: never;
            header?: {
                /** @description Up to 255 printable ASCII characters, such as a UUID. For 24 hours, a request with the same key gets the response of the first one, with `idempotent-replayed: true`. With a different body the response is 422; while the first request is in progress, or with another API key, 409. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "erp",
                 *       "name": "Our ERP",
                 *       "retentionDays": 60
                 *     }
                 */
                "application/json": components["schemas"]["NewProject"];
            };
        };
        responses: {
            /** @description The project. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "erp",
                     *       "name": "Our ERP",
                     *       "exportKey": null,
                     *       "companyId": null,
                     *       "retentionDays": 60,
                     *       "frappeVersion": 16,
                     *       "createdAt": "2026-11-21T20:04:48.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Project"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsAdmin"];
            /** @description The id is taken, or events of a deleted project with this id have yet to expire; or a request with this `Idempotency-Key` is in progress, or another API key used it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The project. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "erp",
                     *       "name": "Our ERP",
                     *       "exportKey": null,
                     *       "companyId": null,
                     *       "retentionDays": 60,
                     *       "frappeVersion": 16,
                     *       "createdAt": "2026-11-21T20:04:48.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Project"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NoSuchProject"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted, or never existed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsAdmin"];
            /** @description The key belongs to another project and lacks the scope `admin`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            /** @description One request could not remove everything. Send it again to continue. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
        };
    };
    changeProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "retentionDays": 90
                 *     }
                 */
                "application/json": components["schemas"]["ProjectPatch"];
            };
        };
        responses: {
            /** @description The project after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "erp",
                     *       "name": "Our ERP",
                     *       "exportKey": null,
                     *       "companyId": null,
                     *       "retentionDays": 60,
                     *       "frappeVersion": 16,
                     *       "createdAt": "2026-11-21T20:04:48.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Project"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsAdmin"];
            404: components["responses"]["NoSuchProject"];
            /** @description Other requests kept changing the project at the same time. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getProjectUsage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The usage and the limits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "events": {
                     *         "perSecond": 100,
                     *         "burst": 5000,
                     *         "available": 4980
                     *       },
                     *       "bytesToday": {
                     *         "used": 123456,
                     *         "limit": 10000000000
                     *       },
                     *       "loggedBytesToday": {
                     *         "used": 20480,
                     *         "limit": 100000000
                     *       },
                     *       "subscriptions": {
                     *         "used": 25,
                     *         "limit": 10000
                     *       },
                     *       "keys": {
                     *         "used": 3,
                     *         "limit": 100
                     *       },
                     *       "eventTypes": {
                     *         "used": 40,
                     *         "limit": 1000
                     *       },
                     *       "tests": {
                     *         "used": 0,
                     *         "limit": 5
                     *       },
                     *       "jobs": {
                     *         "used": 1,
                     *         "limit": 20
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Usage"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NoSuchProject"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getOwnKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *       "name": "ERP in production",
                     *       "scopes": [
                     *         "publish",
                     *         "read"
                     *       ],
                     *       "createdAt": "2026-11-21T20:04:48.000Z",
                     *       "project": "erp"
                     *     }
                     */
                    "application/json": components["schemas"]["OwnKey"];
                };
            };
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted, or never existed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description The request was made with a key instead of a token. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description The maximum number of items on a page. */
                limit?: number;
                /** @description The `cursor` of the previous page; opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of keys without their secrets, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *           "name": "ERP in production",
                     *           "scopes": [
                     *             "publish",
                     *             "read"
                     *           ],
                     *           "createdAt": "2026-11-21T20:04:48.000Z"
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["KeyPage"];
                };
            };
            400: components["responses"]["BadCursorOrPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NoSuchProject"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Up to 255 printable ASCII characters, such as a UUID. For 24 hours, a request with the same key gets the response of the first one, with `idempotent-replayed: true`. With a different body the response is 422; while the first request is in progress, or with another API key, 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "ERP in production",
                 *       "scopes": [
                 *         "publish",
                 *         "read"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            /** @description The key with its secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *       "name": "ERP in production",
                     *       "scopes": [
                     *         "publish",
                     *         "read"
                     *       ],
                     *       "createdAt": "2026-11-21T20:04:48.000Z",
                     *       "secret": "ancrage_key_2Zl1n0c8nTq3m5bVb1m2o7y4x6w8u0s9r1q3p5o7n9m"
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedKey"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            /** @description The key lacks the scope `manage`, or a scope that it would grant. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NoSuchProject"];
            /** @description A request with this `Idempotency-Key` is in progress, or another API key used it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            /** @description The project has as many keys as it may have, or API Gateway throttles the request. */
            429: {
                headers: {
                    /** @description In seconds, unless it is the gateway’s. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    deleteKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The key’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted, or never existed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            /** @description The key lacks the scope `manage`, or a scope of the key to delete. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listEventTypes: {
        parameters: {
            query?: {
                /** @description Whether to list archived event types as well. */
                includeArchived?: "true" | "false";
                /** @description The maximum number of items on a page. */
                limit?: number;
                /** @description The `cursor` of the previous page; opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of event types, sorted by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "type": "invoice.paid",
                     *           "description": "An invoice was paid in full",
                     *           "schema": {
                     *             "type": "object",
                     *             "required": [
                     *               "total"
                     *             ],
                     *             "properties": {
                     *               "total": {
                     *                 "type": "number",
                     *                 "minimum": 0
                     *               }
                     *             }
                     *           },
                     *           "samples": [
                     *             {
                     *               "id": "inv_1",
                     *               "total": 120.5
                     *             }
                     *           ],
                     *           "archived": false
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["EventTypePage"];
                };
            };
            400: components["responses"]["BadCursorOrPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NoSuchProject"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getEventType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The event type. */
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event type. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "invoice.paid",
                     *       "description": "An invoice was paid in full",
                     *       "schema": {
                     *         "type": "object",
                     *         "required": [
                     *           "total"
                     *         ],
                     *         "properties": {
                     *           "total": {
                     *             "type": "number",
                     *             "minimum": 0
                     *           }
                     *         }
                     *       },
                     *       "samples": [
                     *         {
                     *           "id": "inv_1",
                     *           "total": 120.5
                     *         }
                     *       ],
                     *       "archived": false
                     *     }
                     */
                    "application/json": components["schemas"]["EventType"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    putEventType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The event type. */
                type: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "description": "An invoice was paid in full",
                 *       "schema": {
                 *         "type": "object",
                 *         "required": [
                 *           "total"
                 *         ],
                 *         "properties": {
                 *           "total": {
                 *             "type": "number",
                 *             "minimum": 0
                 *           }
                 *         }
                 *       },
                 *       "samples": [
                 *         {
                 *           "id": "inv_1",
                 *           "total": 120.5
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["EventTypeSettings"];
            };
        };
        responses: {
            /** @description The event type after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "invoice.paid",
                     *       "description": "An invoice was paid in full",
                     *       "schema": {
                     *         "type": "object",
                     *         "required": [
                     *           "total"
                     *         ],
                     *         "properties": {
                     *           "total": {
                     *             "type": "number",
                     *             "minimum": 0
                     *           }
                     *         }
                     *       },
                     *       "samples": [
                     *         {
                     *           "id": "inv_1",
                     *           "total": 120.5
                     *         }
                     *       ],
                     *       "archived": false
                     *     }
                     */
                    "application/json": components["schemas"]["EventType"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            /** @description The project has as many event types as it may have, or API Gateway throttles the request. */
            429: {
                headers: {
                    /** @description In seconds, unless it is the gateway’s. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    deleteEventType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The event type. */
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted, or never existed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSamples: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The event type. */
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The data of the latest three events, newest first, or else the registered samples. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "inv_1",
                     *           "total": 120.5
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Samples"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPresets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The presets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "name": "hirehop",
                     *           "description": "HireHop's webhooks: jobs, invoices, contacts",
                     *           "eventTypes": [
                     *             {
                     *               "type": "job.created",
                     *               "description": "A job was created"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["PresetList"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NoSuchProject"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    loadPreset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The preset’s name: `weavy`, `dokos` or `hirehop`. */
                preset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event types that were added, and those that existed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "preset": "hirehop",
                     *       "added": [
                     *         "job.created"
                     *       ],
                     *       "existing": [
                     *         "job.updated"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LoadedPreset"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            /** @description The project would have more event types than it may have, or API Gateway throttles the request. */
            429: {
                headers: {
                    /** @description In seconds, unless it is the gateway’s. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Only events of exactly this type. */
                type?: string;
                /** @description Only events that were accepted at this time or later. */
                since?: string;
                /** @description Only events that were accepted at this time or earlier. */
                until?: string;
                /** @description The maximum number of items on a page. */
                limit?: number;
                /** @description The `cursor` of the previous page; opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "invoice-1-paid",
                     *           "type": "invoice.paid",
                     *           "time": "2026-11-21T20:04:48.000Z",
                     *           "acceptedAt": "2026-11-21T20:04:48.051Z"
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: components["responses"]["BadCursorOrPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NoSuchProject"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    publishEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description For events that a webhook of Ancrage caused: pass on its header. Above 8 the response is a 422 with the title `Loop detected`. */
                "ancrage-hops"?: number;
            };
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "invoice.paid",
                 *       "data": {
                 *         "id": "inv_1",
                 *         "total": 120.5
                 *       },
                 *       "id": "invoice-1-paid",
                 *       "time": "2026-11-21T20:04:48Z",
                 *       "actor": {
                 *         "id": 7,
                 *         "name": "Ada Lovelace"
                 *       },
                 *       "previous": {
                 *         "id": "inv_1",
                 *         "total": 100
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewEventOrEvents"];
                /**
                 * @example {
                 *       "specversion": "1.0",
                 *       "id": "invoice-1-paid",
                 *       "source": "/erp",
                 *       "type": "invoice.paid",
                 *       "time": "2026-11-21T20:04:48Z",
                 *       "data": {
                 *         "id": "inv_1",
                 *         "total": 120.5
                 *       }
                 *     }
                 */
                "application/cloudevents+json": components["schemas"]["CloudEvent"];
                /**
                 * @example [
                 *       {
                 *         "specversion": "1.0",
                 *         "id": "invoice-1-paid",
                 *         "source": "/erp",
                 *         "type": "invoice.paid",
                 *         "time": "2026-11-21T20:04:48Z",
                 *         "data": {
                 *           "id": "inv_1",
                 *           "total": 120.5
                 *         }
                 *       }
                 *     ]
                 */
                "application/cloudevents-batch+json": components["schemas"]["CloudEvents"];
            };
        };
        responses: {
            /** @description The events queue has accepted them. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "invoice-1-paid"
                     *     }
                     */
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsPublish"];
            404: components["responses"]["NoSuchProject"];
            /** @description An event or the body is larger than 1 MB, or an event than 256 KB if the stage writes format 1. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            /** @description The project publishes faster, or has published more today, than it may: `GET …/usage`. Or API Gateway throttles the route, the stage or the account. */
            429: {
                headers: {
                    /** @description In seconds, unless it is the gateway’s. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description The queue may have accepted some of the events, or the key could not be looked up. Send the request again, with your own ids if a duplicate would matter. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The event’s id, or the `webhook-id` of its requests. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "invoice-1-paid",
                     *       "type": "invoice.paid",
                     *       "time": "2026-11-21T20:04:48.000Z",
                     *       "acceptedAt": "2026-11-21T20:04:48.051Z",
                     *       "data": {
                     *         "id": "inv_1",
                     *         "total": 120.5
                     *       },
                     *       "actor": {
                     *         "id": 7,
                     *         "name": "Ada Lovelace"
                     *       },
                     *       "changes": {
                     *         "total": {
                     *           "from": 100,
                     *           "to": 120.5
                     *         }
                     *       },
                     *       "orderingKey": "inv_1",
                     *       "deliveries": [
                     *         {
                     *           "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *           "state": "delivered",
                     *           "attempts": 2,
                     *           "nextAttemptAt": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Event"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAttempts: {
        parameters: {
            query?: {
                /** @description Only attempts of events of exactly this type. */
                type?: string;
                /** @description Only attempts for the subscription with this id. */
                subscription?: string;
                /** @description Only attempts with this outcome. */
                outcome?: components["schemas"]["Outcome"];
                /** @description Only attempts that were made at this time or later. */
                since?: string;
                /** @description Only attempts that were made at this time or earlier. */
                until?: string;
                /** @description The maximum number of items on a page. */
                limit?: number;
                /** @description The `cursor` of the previous page; opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of attempts, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectAttemptPage"];
                };
            };
            400: components["responses"]["BadCursorOrPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NoSuchProject"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAttemptsOfEvent: {
        parameters: {
            query?: {
                /** @description Only attempts for the subscription with this id. */
                subscription?: string;
                /** @description Only attempts with this outcome. */
                outcome?: components["schemas"]["Outcome"];
                /** @description Only attempts that were made at this time or later. */
                since?: string;
                /** @description Only attempts that were made at this time or earlier. */
                until?: string;
                /** @description The maximum number of items on a page. */
                limit?: number;
                /** @description The `cursor` of the previous page; opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The event’s id, or the `webhook-id` of its requests. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of attempts, highest number first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "att_1mBRyKCGr2l9s8a7dQpXzw",
                     *           "eventId": "invoice-1-paid",
                     *           "eventType": "invoice.paid",
                     *           "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *           "number": 1,
                     *           "trigger": "event",
                     *           "at": "2026-11-21T20:04:48.120Z",
                     *           "durationMs": 87,
                     *           "request": {
                     *             "method": "POST",
                     *             "url": "https://example.com/hook",
                     *             "headers": {
                     *               "content-type": "application/json",
                     *               "webhook-id": "invoice-1-paid"
                     *             },
                     *             "body": "{\"type\":\"invoice.paid\",\"timestamp\":\"2026-11-21T20:04:48.000Z\",\"data\":{\"id\":\"inv_1\",\"total\":120.5}}"
                     *           },
                     *           "response": {
                     *             "status": 503,
                     *             "headers": {
                     *               "content-type": "text/plain"
                     *             },
                     *             "body": "try later"
                     *           },
                     *           "outcome": "failure",
                     *           "error": "status",
                     *           "detail": "answered 503",
                     *           "nextAttemptAt": "2026-11-21T20:04:53.540Z"
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["AttemptPage"];
                };
            };
            400: components["responses"]["BadCursorOrPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDeliveriesOfEvent: {
        parameters: {
            query?: {
                /** @description Match part of the subscription’s name or of the URL’s host, whatever its case, or the exact id. */
                name?: string;
                /** @description Only deliveries in this state. */
                state?: components["schemas"]["DeliveryStatus"];
                /** @description The maximum number of items on a page. */
                limit?: number;
                /** @description The `cursor` of the previous page; opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The event’s id, or the `webhook-id` of its requests. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of deliveries, those to the oldest subscriptions first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *           "name": "Billing sync",
                     *           "url": "https://example.com/hook",
                     *           "state": "delivered",
                     *           "attempts": 4,
                     *           "nextAttemptAt": null,
                     *           "lastAttempt": {
                     *             "id": "att_1mBRyKCGr2l9s8a7dQpXzw",
                     *             "number": 4,
                     *             "trigger": "retry",
                     *             "at": "2026-11-21T20:34:48.120Z",
                     *             "durationMs": 87,
                     *             "outcome": "success",
                     *             "status": 200,
                     *             "error": null
                     *           }
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["EventDeliveryPage"];
                };
            };
            400: components["responses"]["BadCursorOrPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAttempt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The event’s id, or the `webhook-id` of its requests. */
                id: string;
                /** @description The attempt’s id. */
                attempt: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attempt. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "att_1mBRyKCGr2l9s8a7dQpXzw",
                     *       "eventId": "invoice-1-paid",
                     *       "eventType": "invoice.paid",
                     *       "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *       "number": 1,
                     *       "trigger": "event",
                     *       "at": "2026-11-21T20:04:48.120Z",
                     *       "durationMs": 87,
                     *       "request": {
                     *         "method": "POST",
                     *         "url": "https://example.com/hook",
                     *         "headers": {
                     *           "content-type": "application/json",
                     *           "webhook-id": "invoice-1-paid"
                     *         },
                     *         "body": "{\"type\":\"invoice.paid\",\"timestamp\":\"2026-11-21T20:04:48.000Z\",\"data\":{\"id\":\"inv_1\",\"total\":120.5}}"
                     *       },
                     *       "response": {
                     *         "status": 503,
                     *         "headers": {
                     *           "content-type": "text/plain"
                     *         },
                     *         "body": "try later"
                     *       },
                     *       "outcome": "failure",
                     *       "error": "status",
                     *       "detail": "answered 503",
                     *       "nextAttemptAt": "2026-11-21T20:04:53.540Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Attempt"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSubscriptions: {
        parameters: {
            query?: {
                /** @description Match part of the name or of the URL’s host, whatever its case, or the exact id. */
                name?: string;
                /** @description Only subscriptions that match this type, by name or by a wildcard. */
                event?: string;
                /** @description Only enabled or only disabled subscriptions. */
                enabled?: "true" | "false";
                /** @description Only subscriptions in this state. `healthy` includes those that were not tried yet. `failing`: the endpoint fails, is slow or asked for fewer requests. `paused`: by its owner, or because the endpoint is down. */
                state?: "healthy" | "failing" | "paused" | "disabled";
                /** @description The maximum number of items on a page. */
                limit?: number;
                /** @description The `cursor` of the previous page; opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of subscriptions, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *           "rateLimit": null,
                     *           "maxInFlight": null,
                     *           "ordering": "none",
                     *           "paused": false,
                     *           "name": "Billing sync",
                     *           "enabled": true,
                     *           "condition": null,
                     *           "method": "POST",
                     *           "headers": {
                     *             "x-api-key": "***"
                     *           },
                     *           "format": "standard",
                     *           "fields": null,
                     *           "fieldsEncoding": "json",
                     *           "template": null,
                     *           "dynamicUrl": false,
                     *           "dynamicOrigin": false,
                     *           "signature": "standard",
                     *           "timeoutSeconds": 10,
                     *           "retry": "standard",
                     *           "redirects": "fail",
                     *           "traceState": false,
                     *           "log": "compact",
                     *           "metadata": {},
                     *           "url": "https://example.com/hook",
                     *           "events": [
                     *             "invoice.paid",
                     *             "job.*"
                     *           ],
                     *           "disabledReason": null,
                     *           "health": {
                     *             "mode": "direct",
                     *             "reason": null,
                     *             "since": null,
                     *             "tried": true,
                     *             "held": 0,
                     *             "nextProbeAt": null,
                     *             "window": null,
                     *             "perSecond": null,
                     *             "lastSuccessAt": null,
                     *             "lastFailureAt": null,
                     *             "lastFailure": null
                     *           },
                     *           "createdAt": "2026-11-21T20:04:48.000Z",
                     *           "updatedAt": "2026-11-21T20:04:48.000Z"
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionPage"];
                };
            };
            400: components["responses"]["BadCursorOrPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NoSuchProject"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Up to 255 printable ASCII characters, such as a UUID. For 24 hours, a request with the same key gets the response of the first one, with `idempotent-replayed: true`. With a different body the response is 422; while the first request is in progress, or with another API key, 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/hook",
                 *       "events": [
                 *         "invoice.paid",
                 *         "job.*"
                 *       ],
                 *       "name": "Billing sync",
                 *       "headers": {
                 *         "x-api-key": "swordfish"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewSubscription"];
            };
        };
        responses: {
            /** @description The subscription with its signing secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *       "rateLimit": null,
                     *       "maxInFlight": null,
                     *       "ordering": "none",
                     *       "paused": false,
                     *       "name": "Billing sync",
                     *       "enabled": true,
                     *       "condition": null,
                     *       "method": "POST",
                     *       "headers": {
                     *         "x-api-key": "***"
                     *       },
                     *       "format": "standard",
                     *       "fields": null,
                     *       "fieldsEncoding": "json",
                     *       "template": null,
                     *       "dynamicUrl": false,
                     *       "dynamicOrigin": false,
                     *       "signature": "standard",
                     *       "timeoutSeconds": 10,
                     *       "retry": "standard",
                     *       "redirects": "fail",
                     *       "traceState": false,
                     *       "log": "compact",
                     *       "metadata": {},
                     *       "url": "https://example.com/hook",
                     *       "events": [
                     *         "invoice.paid",
                     *         "job.*"
                     *       ],
                     *       "disabledReason": null,
                     *       "health": {
                     *         "mode": "direct",
                     *         "reason": null,
                     *         "since": null,
                     *         "tried": true,
                     *         "held": 0,
                     *         "nextProbeAt": null,
                     *         "window": null,
                     *         "perSecond": null,
                     *         "lastSuccessAt": null,
                     *         "lastFailureAt": null,
                     *         "lastFailure": null
                     *       },
                     *       "createdAt": "2026-11-21T20:04:48.000Z",
                     *       "updatedAt": "2026-11-21T20:04:48.000Z",
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw7n0pYl3sAbc="
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedSubscription"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NoSuchProject"];
            /** @description A request with this `Idempotency-Key` is in progress, or another API key used it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            /** @description The project has as many subscriptions as it may have (the title is `Limit reached`), or API Gateway throttles the request. */
            429: {
                headers: {
                    /** @description In seconds, unless it is the gateway’s. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    getSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The subscription’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The subscription. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *       "rateLimit": null,
                     *       "maxInFlight": null,
                     *       "ordering": "none",
                     *       "paused": false,
                     *       "name": "Billing sync",
                     *       "enabled": true,
                     *       "condition": null,
                     *       "method": "POST",
                     *       "headers": {
                     *         "x-api-key": "***"
                     *       },
                     *       "format": "standard",
                     *       "fields": null,
                     *       "fieldsEncoding": "json",
                     *       "template": null,
                     *       "dynamicUrl": false,
                     *       "dynamicOrigin": false,
                     *       "signature": "standard",
                     *       "timeoutSeconds": 10,
                     *       "retry": "standard",
                     *       "redirects": "fail",
                     *       "traceState": false,
                     *       "log": "compact",
                     *       "metadata": {},
                     *       "url": "https://example.com/hook",
                     *       "events": [
                     *         "invoice.paid",
                     *         "job.*"
                     *       ],
                     *       "disabledReason": null,
                     *       "health": {
                     *         "mode": "direct",
                     *         "reason": null,
                     *         "since": null,
                     *         "tried": true,
                     *         "held": 0,
                     *         "nextProbeAt": null,
                     *         "window": null,
                     *         "perSecond": null,
                     *         "lastSuccessAt": null,
                     *         "lastFailureAt": null,
                     *         "lastFailure": null
                     *       },
                     *       "createdAt": "2026-11-21T20:04:48.000Z",
                     *       "updatedAt": "2026-11-21T20:04:48.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The subscription’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted, or never existed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            /** @description Other requests kept changing the subscription at the same time. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The subscription’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "events": [
                 *         "invoice.*"
                 *       ],
                 *       "retry": [
                 *         60,
                 *         3600
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubscriptionPatch"];
            };
        };
        responses: {
            /** @description The subscription after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *       "rateLimit": null,
                     *       "maxInFlight": null,
                     *       "ordering": "none",
                     *       "paused": false,
                     *       "name": "Billing sync",
                     *       "enabled": true,
                     *       "condition": null,
                     *       "method": "POST",
                     *       "headers": {
                     *         "x-api-key": "***"
                     *       },
                     *       "format": "standard",
                     *       "fields": null,
                     *       "fieldsEncoding": "json",
                     *       "template": null,
                     *       "dynamicUrl": false,
                     *       "dynamicOrigin": false,
                     *       "signature": "standard",
                     *       "timeoutSeconds": 10,
                     *       "retry": "standard",
                     *       "redirects": "fail",
                     *       "traceState": false,
                     *       "log": "compact",
                     *       "metadata": {},
                     *       "url": "https://example.com/hook",
                     *       "events": [
                     *         "invoice.paid",
                     *         "job.*"
                     *       ],
                     *       "disabledReason": null,
                     *       "health": {
                     *         "mode": "direct",
                     *         "reason": null,
                     *         "since": null,
                     *         "tried": true,
                     *         "held": 0,
                     *         "nextProbeAt": null,
                     *         "window": null,
                     *         "perSecond": null,
                     *         "lastSuccessAt": null,
                     *         "lastFailureAt": null,
                     *         "lastFailure": null
                     *       },
                     *       "createdAt": "2026-11-21T20:04:48.000Z",
                     *       "updatedAt": "2026-11-21T20:04:48.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            /** @description Other requests kept changing the subscription at the same time. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSigningSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The subscription’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The current secret. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw7n0pYl3sAbc="
                     *     }
                     */
                    "application/json": components["schemas"]["SigningSecret"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateSigningSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The subscription’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 3600
                 *     }
                 */
                "application/json": components["schemas"]["Rotation"];
            };
        };
        responses: {
            /** @description The new secret. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw7n0pYl3sAbc="
                     *     }
                     */
                    "application/json": components["schemas"]["SigningSecret"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            /** @description Other requests kept changing the subscription at the same time. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    resumeSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The subscription’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The resumed subscription. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *       "rateLimit": null,
                     *       "maxInFlight": null,
                     *       "ordering": "none",
                     *       "paused": false,
                     *       "name": "Billing sync",
                     *       "enabled": true,
                     *       "condition": null,
                     *       "method": "POST",
                     *       "headers": {
                     *         "x-api-key": "***"
                     *       },
                     *       "format": "standard",
                     *       "fields": null,
                     *       "fieldsEncoding": "json",
                     *       "template": null,
                     *       "dynamicUrl": false,
                     *       "dynamicOrigin": false,
                     *       "signature": "standard",
                     *       "timeoutSeconds": 10,
                     *       "retry": "standard",
                     *       "redirects": "fail",
                     *       "traceState": false,
                     *       "log": "compact",
                     *       "metadata": {},
                     *       "url": "https://example.com/hook",
                     *       "events": [
                     *         "invoice.paid",
                     *         "job.*"
                     *       ],
                     *       "disabledReason": null,
                     *       "health": {
                     *         "mode": "direct",
                     *         "reason": null,
                     *         "since": null,
                     *         "tried": true,
                     *         "held": 0,
                     *         "nextProbeAt": null,
                     *         "window": null,
                     *         "perSecond": null,
                     *         "lastSuccessAt": null,
                     *         "lastFailureAt": null,
                     *         "lastFailure": null
                     *       },
                     *       "createdAt": "2026-11-21T20:04:48.000Z",
                     *       "updatedAt": "2026-11-21T20:04:48.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            /** @description Other requests kept changing the subscription at the same time. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    sendPendingDeliveries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The subscription’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The subscription, with what waits in its health. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *       "rateLimit": null,
                     *       "maxInFlight": null,
                     *       "ordering": "none",
                     *       "paused": false,
                     *       "name": "Billing sync",
                     *       "enabled": true,
                     *       "condition": null,
                     *       "method": "POST",
                     *       "headers": {
                     *         "x-api-key": "***"
                     *       },
                     *       "format": "standard",
                     *       "fields": null,
                     *       "fieldsEncoding": "json",
                     *       "template": null,
                     *       "dynamicUrl": false,
                     *       "dynamicOrigin": false,
                     *       "signature": "standard",
                     *       "timeoutSeconds": 10,
                     *       "retry": "standard",
                     *       "redirects": "fail",
                     *       "traceState": false,
                     *       "log": "compact",
                     *       "metadata": {},
                     *       "url": "https://example.com/hook",
                     *       "events": [
                     *         "invoice.paid",
                     *         "job.*"
                     *       ],
                     *       "disabledReason": null,
                     *       "health": {
                     *         "mode": "direct",
                     *         "reason": null,
                     *         "since": null,
                     *         "tried": true,
                     *         "held": 0,
                     *         "nextProbeAt": null,
                     *         "window": null,
                     *         "perSecond": null,
                     *         "lastSuccessAt": null,
                     *         "lastFailureAt": null,
                     *         "lastFailure": null
                     *       },
                     *       "createdAt": "2026-11-21T20:04:48.000Z",
                     *       "updatedAt": "2026-11-21T20:04:48.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            /** @description The subscription is disabled or was paused by its owner. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAttemptsOfSubscription: {
        parameters: {
            query?: {
                /** @description Only attempts of events of exactly this type. */
                type?: string;
                /** @description Only attempts with this outcome. */
                outcome?: components["schemas"]["Outcome"];
                /** @description Only attempts that were made at this time or later. */
                since?: string;
                /** @description Only attempts that were made at this time or earlier. */
                until?: string;
                /** @description The maximum number of items on a page. */
                limit?: number;
                /** @description The `cursor` of the previous page; opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The subscription’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of attempts, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "att_1mBRyKCGr2l9s8a7dQpXzw",
                     *           "eventId": "invoice-1-paid",
                     *           "eventType": "invoice.paid",
                     *           "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *           "number": 1,
                     *           "trigger": "event",
                     *           "at": "2026-11-21T20:04:48.120Z",
                     *           "durationMs": 87,
                     *           "request": {
                     *             "method": "POST",
                     *             "url": "https://example.com/hook",
                     *             "headers": {
                     *               "content-type": "application/json",
                     *               "webhook-id": "invoice-1-paid"
                     *             },
                     *             "body": "{\"type\":\"invoice.paid\",\"timestamp\":\"2026-11-21T20:04:48.000Z\",\"data\":{\"id\":\"inv_1\",\"total\":120.5}}"
                     *           },
                     *           "response": {
                     *             "status": 503,
                     *             "headers": {
                     *               "content-type": "text/plain"
                     *             },
                     *             "body": "try later"
                     *           },
                     *           "outcome": "failure",
                     *           "error": "status",
                     *           "detail": "answered 503",
                     *           "nextAttemptAt": "2026-11-21T20:04:53.540Z"
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["AttemptPage"];
                };
            };
            400: components["responses"]["BadCursorOrPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPendingDeliveries: {
        parameters: {
            query?: {
                /** @description The only state. Deliveries that are no longer pending are in the request log. */
                state?: "pending";
                /** @description The maximum number of items on a page. */
                limit?: number;
                /** @description The `cursor` of the previous page; opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The subscription’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of pending deliveries, the first due first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "eventId": "invoice-1-paid",
                     *           "state": "pending",
                     *           "number": 4,
                     *           "dueAt": "2026-11-21T22:04:48.000Z"
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["PendingDeliveryPage"];
                };
            };
            400: components["responses"]["BadCursorOrPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    testSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The subscription’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "event": "invoice.paid",
                 *       "data": {
                 *         "id": "inv_1",
                 *         "total": 120.5
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PreviewRequest"];
            };
        };
        responses: {
            /** @description The attempt, whatever its outcome. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "att_1mBRyKCGr2l9s8a7dQpXzw",
                     *       "eventId": "invoice-1-paid",
                     *       "eventType": "invoice.paid",
                     *       "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *       "number": 1,
                     *       "trigger": "event",
                     *       "at": "2026-11-21T20:04:48.120Z",
                     *       "durationMs": 87,
                     *       "request": {
                     *         "method": "POST",
                     *         "url": "https://example.com/hook",
                     *         "headers": {
                     *           "content-type": "application/json",
                     *           "webhook-id": "invoice-1-paid"
                     *         },
                     *         "body": "{\"type\":\"invoice.paid\",\"timestamp\":\"2026-11-21T20:04:48.000Z\",\"data\":{\"id\":\"inv_1\",\"total\":120.5}}"
                     *       },
                     *       "response": {
                     *         "status": 503,
                     *         "headers": {
                     *           "content-type": "text/plain"
                     *         },
                     *         "body": "try later"
                     *       },
                     *       "outcome": "failure",
                     *       "error": "status",
                     *       "detail": "answered 503",
                     *       "nextAttemptAt": "2026-11-21T20:04:53.540Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Attempt"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            /** @description The event `eventId` was erased, or the subscription would not receive it: its type or the condition rules that out. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            /** @description The subscription had a test within the last second, or its project has five tests open: send the request again after `Retry-After` seconds. Or API Gateway throttles the route, the stage or the account. */
            429: {
                headers: {
                    /** @description In seconds, unless it is the gateway’s. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    previewSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The subscription’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "event": "invoice.paid",
                 *       "data": {
                 *         "id": "inv_1",
                 *         "total": 120.5
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PreviewRequest"];
            };
        };
        responses: {
            /** @description The exact request, and whether the condition holds. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "event": {
                     *         "id": "evt_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *         "type": "invoice.paid",
                     *         "time": "2026-11-21T20:04:48.000Z"
                     *       },
                     *       "conditionHolds": true,
                     *       "request": {
                     *         "method": "POST",
                     *         "url": "https://example.com/hook",
                     *         "headers": {
                     *           "content-type": "application/json",
                     *           "webhook-id": "evt_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA"
                     *         },
                     *         "body": "{\"type\":\"invoice.paid\",\"timestamp\":\"2026-11-21T20:04:48.000Z\",\"data\":{\"id\":\"inv_1\",\"total\":120.5}}"
                     *       },
                     *       "error": null
                     *     }
                     */
                    "application/json": components["schemas"]["Preview"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            /** @description The data of the event `eventId` was erased. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    previewSubscriptionDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "subscription": {
                 *         "url": "https://example.com/hook",
                 *         "events": [
                 *           "invoice.*"
                 *         ],
                 *         "condition": "data.total > 100"
                 *       },
                 *       "event": "invoice.paid"
                 *     }
                 */
                "application/json": components["schemas"]["DraftPreviewRequest"];
            };
        };
        responses: {
            /** @description The exact request, and whether the condition holds. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "event": {
                     *         "id": "evt_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *         "type": "invoice.paid",
                     *         "time": "2026-11-21T20:04:48.000Z"
                     *       },
                     *       "conditionHolds": true,
                     *       "request": {
                     *         "method": "POST",
                     *         "url": "https://example.com/hook",
                     *         "headers": {
                     *           "content-type": "application/json",
                     *           "webhook-id": "evt_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA"
                     *         },
                     *         "body": "{\"type\":\"invoice.paid\",\"timestamp\":\"2026-11-21T20:04:48.000Z\",\"data\":{\"id\":\"inv_1\",\"total\":120.5}}"
                     *       },
                     *       "error": null
                     *     }
                     */
                    "application/json": components["schemas"]["Preview"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NoSuchProject"];
            /** @description The data of the event `eventId` was erased. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getProjectTraffic: {
        parameters: {
            query?: {
                /** @description The start of the period. Default: a day before `until`. */
                since?: string;
                /** @description The end of the period. Default: now. */
                until?: string;
            };
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The steps. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "stepSeconds": 300,
                     *       "data": [
                     *         {
                     *           "at": "2026-11-21T20:00:00.000Z",
                     *           "succeeded": 118,
                     *           "retrying": 2,
                     *           "failed": 0,
                     *           "p50Ms": 50,
                     *           "p95Ms": 350
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Traffic"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NoSuchProject"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getProjectSummary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The summary. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "subscriptions": {
                     *         "failing": {
                     *           "count": 1,
                     *           "more": false
                     *         },
                     *         "paused": {
                     *           "count": 0,
                     *           "more": false
                     *         },
                     *         "disabled": {
                     *           "count": 1000,
                     *           "more": true
                     *         }
                     *       },
                     *       "failing": {
                     *         "data": [
                     *           {
                     *             "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *             "name": "Billing sync",
                     *             "url": "https://example.com/hook",
                     *             "reason": "failing",
                     *             "since": "2026-11-21T20:04:48.000Z",
                     *             "held": 53,
                     *             "nextProbeAt": null,
                     *             "lastFailure": "answered 503",
                     *             "lastFailureAt": "2026-11-21T20:05:03.000Z",
                     *             "lastSuccessAt": null
                     *           }
                     *         ],
                     *         "more": false
                     *       },
                     *       "held": {
                     *         "count": 53,
                     *         "more": false
                     *       },
                     *       "lastHour": {
                     *         "since": "2026-11-21T19:05:00.000Z",
                     *         "attempts": 120,
                     *         "delivered": 118,
                     *         "failed": 0
                     *       },
                     *       "lastDay": {
                     *         "since": "2026-11-20T20:05:00.000Z",
                     *         "attempts": 3120,
                     *         "delivered": 3060,
                     *         "failed": 12
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ProjectSummary"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NoSuchProject"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSubscriptionStats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The subscription’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Statistics of its latest attempts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "attempts": 100,
                     *       "succeeded": 97,
                     *       "failed": 3,
                     *       "p50Ms": 84,
                     *       "p95Ms": 312,
                     *       "since": "2026-11-21T19:04:48.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AttemptStats"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    replaySubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The subscription’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "since": "2026-11-20T00:00:00Z",
                 *       "only": "missing"
                 *     }
                 */
                "application/json": components["schemas"]["ReplayRequest"];
            };
        };
        responses: {
            /** @description The job. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "job_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *       "state": "running",
                     *       "done": 20,
                     *       "total": 53,
                     *       "endsAt": "2026-11-21T20:05:03.000Z",
                     *       "since": "2026-11-20T00:00:00.000Z",
                     *       "until": "2026-11-21T20:04:48.000Z",
                     *       "only": "missing",
                     *       "requestedAt": "2026-11-21T20:04:48.000Z",
                     *       "endedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["ReplayJob"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            /** @description The subscription is disabled, or another of its jobs is running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            /** @description The project runs as many jobs as it may, or API Gateway throttles the request. */
            429: {
                headers: {
                    /** @description In seconds, unless it is the gateway’s. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    getReplayJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The subscription’s id. */
                id: string;
                /** @description The job’s id. */
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "job_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *       "state": "running",
                     *       "done": 20,
                     *       "total": 53,
                     *       "endsAt": "2026-11-21T20:05:03.000Z",
                     *       "since": "2026-11-20T00:00:00.000Z",
                     *       "until": "2026-11-21T20:04:48.000Z",
                     *       "only": "missing",
                     *       "requestedAt": "2026-11-21T20:04:48.000Z",
                     *       "endedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["ReplayJob"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelReplayJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The subscription’s id. */
                id: string;
                /** @description The job’s id. */
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "job_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *       "state": "running",
                     *       "done": 20,
                     *       "total": 53,
                     *       "endsAt": "2026-11-21T20:05:03.000Z",
                     *       "since": "2026-11-20T00:00:00.000Z",
                     *       "until": "2026-11-21T20:04:48.000Z",
                     *       "only": "missing",
                     *       "requestedAt": "2026-11-21T20:04:48.000Z",
                     *       "endedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["ReplayJob"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listReplayJobs: {
        parameters: {
            query?: {
                /** @description The maximum number of items on a page. */
                limit?: number;
                /** @description The `cursor` of the previous page; opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The subscription’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The jobs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "job_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *           "state": "running",
                     *           "done": 20,
                     *           "total": 53,
                     *           "endsAt": "2026-11-21T20:05:03.000Z",
                     *           "since": "2026-11-20T00:00:00.000Z",
                     *           "until": "2026-11-21T20:04:48.000Z",
                     *           "only": "missing",
                     *           "requestedAt": "2026-11-21T20:04:48.000Z",
                     *           "endedAt": null
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ReplayJobPage"];
                };
            };
            400: components["responses"]["BadCursorOrPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    resendDeliveries: {
        parameters: {
            query?: never;
            header?: {
                /** @description Up to 255 printable ASCII characters, such as a UUID. For 24 hours, a request with the same key gets the response of the first one, with `idempotent-replayed: true`. With a different body the response is 422; while the first request is in progress, or with another API key, 409. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "deliveries": [
                 *         {
                 *           "eventId": "invoice-1-paid",
                 *           "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ResendRequest"];
            };
        };
        responses: {
            /** @description A queue has accepted the replay. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "rpl_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA"
                     *     }
                     */
                    "application/json": components["schemas"]["EventReplay"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NoSuchProject"];
            /** @description A request with this `Idempotency-Key` is in progress, or another API key used it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            /** @description Not all deliveries could be queued, or the key could not be looked up. Send the request again, with the same `Idempotency-Key`: what has been delivered is not made again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
        };
    };
    replayEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The event’s id, or the `webhook-id` of its requests. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA"
                 *     }
                 */
                "application/json": components["schemas"]["EventReplayRequest"];
            };
        };
        responses: {
            /** @description A queue has accepted the replay. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "rpl_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA"
                     *     }
                     */
                    "application/json": components["schemas"]["EventReplay"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            /** @description The event is suppressed: it is delivered to nobody. Or its data was erased. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            /** @description The replay could not be queued, or the key could not be looked up. Send the request again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
        };
    };
    eraseEventData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The event’s id, or the `webhook-id` of its requests. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is erased, or there is no such event. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            /** @description The event is erased, but not yet all of its attempts: the rest is erased within minutes. Or the key could not be looked up. Send the request again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
        };
    };
    listErasures: {
        parameters: {
            query?: {
                /** @description The maximum number of items on a page. */
                limit?: number;
                /** @description The `cursor` of the previous page; opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The jobs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "era_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *           "state": "running",
                     *           "examined": 12300,
                     *           "erased": 17,
                     *           "reachedAt": "2026-11-20T07:30:00.000Z",
                     *           "requestedAt": "2026-11-21T20:04:48.000Z",
                     *           "endedAt": null,
                     *           "actor": {
                     *             "email": "ada@example.com"
                     *           }
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ErasurePage"];
                };
            };
            400: components["responses"]["BadCursorOrPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NoSuchProject"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    startErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "actor": {
                 *         "email": "ada@example.com"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ErasureRequest"];
            };
        };
        responses: {
            /** @description The job. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "era_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *       "state": "running",
                     *       "examined": 12300,
                     *       "erased": 17,
                     *       "reachedAt": "2026-11-20T07:30:00.000Z",
                     *       "requestedAt": "2026-11-21T20:04:48.000Z",
                     *       "endedAt": null,
                     *       "actor": {
                     *         "email": "ada@example.com"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NoSuchProject"];
            /** @description Another erasure of the project is running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The erasure’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "era_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *       "state": "running",
                     *       "examined": 12300,
                     *       "erased": 17,
                     *       "reachedAt": "2026-11-20T07:30:00.000Z",
                     *       "requestedAt": "2026-11-21T20:04:48.000Z",
                     *       "endedAt": null,
                     *       "actor": {
                     *         "email": "ada@example.com"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /** @description Only replays or only erasures. */
                kind?: "replay" | "erasure";
                /** @description Only jobs in this state. An erasure cannot be cancelled. */
                state?: "running" | "done" | "cancelled";
                /** @description The maximum number of items on a page. */
                limit?: number;
                /** @description The `cursor` of the previous page; opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The jobs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "kind": "replay",
                     *           "subscriptionId": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *           "subscriptionName": "Billing sync",
                     *           "id": "job_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                     *           "state": "running",
                     *           "done": 20,
                     *           "total": 53,
                     *           "endsAt": "2026-11-21T20:05:03.000Z",
                     *           "since": "2026-11-20T00:00:00.000Z",
                     *           "until": "2026-11-21T20:04:48.000Z",
                     *           "only": "missing",
                     *           "requestedAt": "2026-11-21T20:04:48.000Z",
                     *           "endedAt": null
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            400: components["responses"]["BadCursorOrPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NoSuchProject"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "scope": "API",
                 *       "projectCode": "erp",
                 *       "userName": "key_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
                 *       "password": "ancrage_key_2Zl1n0c8nTq3m5bVb1m2o7y4x6w8u0s9r1q3p5o7n9m"
                 *     }
                 */
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description The token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "authToken": "ancrage_token_8yQv2f1s4d6g7h9j0k2l3z5x7c8v9b1n3m5q7w9e1r3",
                     *       "expiresIn": 43200,
                     *       "generatedTimeUTC": "2026-11-21T20:04:48.000Z",
                     *       "passwordExpiryUTC": null
                     *     }
                     */
                    "application/json": components["schemas"]["Token"];
                };
            };
            400: components["responses"]["NotUtf8"];
            /** @description The project, the user name or the password is wrong. */
            401: {
                headers: {
                    /** @description `Bearer` */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The project was deleted. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    processEntryPoint: {
        parameters: {
            query: {
                /** @description The code of the entry point. */
                c: "EPT_WebhookSubscribe" | "EPT_WebhookUnsubscribe" | "EPT_WebhookPerformList";
            };
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event": "NewOpportunity",
                 *       "hookUrl": "https://example.com/hook"
                 *     }
                 */
                "application/json": components["schemas"]["WeavyRequest"];
                /**
                 * @example {
                 *       "event": "NewOpportunity",
                 *       "hookUrl": "https://example.com/hook"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["WeavyRequest"];
            };
        };
        responses: {
            /** @description The result of the entry point. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "result": {
                     *         "codeWebhookSubscription": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["WeavyAnswer"];
                };
            };
            400: components["responses"]["NotUtf8"];
            401: components["responses"]["Unauthorized"];
            /** @description The key lacks the scope that the entry point needs. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such entry point, or no such project. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Other requests kept changing the subscription at the same time. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            /** @description The body is neither JSON nor a form, or has a content encoding. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Invalid"];
            /** @description The project has as many subscriptions as it may have (the title is `Limit reached`), or API Gateway throttles the request. */
            429: {
                headers: {
                    /** @description In seconds, unless it is the gateway’s. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    listDocuments: {
        parameters: {
            query?: {
                /** @description A JSON list of columns, `["*"]` for all. Default: `["name"]`. */
                fields?: string;
                /** @description JSON: `{"enabled": 1, "name": ["like", "a%"]}` or `[["enabled", "=", 1]]`, with the operators `=`, `!=`, `>`, `<`, `>=`, `<=`, `like`, `not like`, `in`, `not in`, `is`, `between`. */
                filters?: string;
                /** @description Like `filters`, but one of them must match. */
                or_filters?: string;
                /** @description `creation asc, name desc`. Default: `modified desc`. */
                order_by?: string;
                /** @description The number of rows to skip. */
                limit_start?: string;
                /** @description The number of rows: 20 by default, 0 for all. */
                limit_page_length?: string;
                /** @description The same as `limit_page_length`. */
                limit?: string;
                /** @description `false`: rows are lists of values. */
                as_dict?: string;
            };
            header?: never;
            path: {
                /** @description `Webhook` or `Webhook%20Request%20Log`. */
                doctype: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "name": "Invoices to accounting"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeList"];
                };
            };
            400: components["responses"]["NotUtf8"];
            /** @description `AuthenticationError`: the key is missing, malformed, unknown or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `PermissionError`: the key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `DoesNotExistError`: the only DocTypes are `Webhook` and `Webhook Request Log`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `DataError` or `ValidationError`: the query is not valid. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The key could not be looked up. Send the request again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrappeExceptionOrGatewayMessage"];
                };
            };
        };
    };
    createDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `Webhook` or `Webhook%20Request%20Log`. */
                doctype: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Invoices to accounting",
                 *       "webhook_doctype": "Sales Invoice",
                 *       "webhook_docevent": "on_submit",
                 *       "request_url": "https://example.com/hook",
                 *       "condition": "doc.grand_total > 1000",
                 *       "enable_security": 1,
                 *       "webhook_secret": "super-secret",
                 *       "webhook_headers": [
                 *         {
                 *           "key": "Content-Type",
                 *           "value": "application/json"
                 *         }
                 *       ],
                 *       "webhook_data": [
                 *         {
                 *           "fieldname": "name",
                 *           "key": "id"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["GivenWebhook"];
                /**
                 * @example {
                 *       "data": "{\"enabled\":0}"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["GivenWebhookForm"];
            };
        };
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrappeWebhook"];
                };
            };
            400: components["responses"]["NotUtf8"];
            /** @description `AuthenticationError`: the key is missing, malformed, unknown or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `PermissionError`: the key lacks the scope, or the DocType is read-only. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `DoesNotExistError`: the only DocTypes are `Webhook` and `Webhook Request Log`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `DuplicateEntryError`: the name is taken. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description The body is larger than 256 KB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrappeExceptionOrGatewayMessage"];
                };
            };
            /** @description `ValidationError` or `MandatoryError`: Frappe or Ancrage rejects the document. `TimestampMismatchError`: its `modified` is not that of the latest version. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The key could not be looked up. Send the request again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrappeExceptionOrGatewayMessage"];
                };
            };
        };
    };
    getDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `Webhook` or `Webhook%20Request%20Log`. */
                doctype: string;
                /** @description The document’s name. One that does not decode is taken as it is. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrappeDocument"];
                };
            };
            400: components["responses"]["NotUtf8"];
            /** @description `AuthenticationError`: the key is missing, malformed, unknown or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `PermissionError`: the key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `DoesNotExistError`: there is no such document or DocType; another project’s documents look the same. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The key could not be looked up. Send the request again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrappeExceptionOrGatewayMessage"];
                };
            };
        };
    };
    updateDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `Webhook` or `Webhook%20Request%20Log`. */
                doctype: string;
                /** @description The document’s name. One that does not decode is taken as it is. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Invoices to accounting",
                 *       "webhook_doctype": "Sales Invoice",
                 *       "webhook_docevent": "on_submit",
                 *       "request_url": "https://example.com/hook",
                 *       "condition": "doc.grand_total > 1000",
                 *       "enable_security": 1,
                 *       "webhook_secret": "super-secret",
                 *       "webhook_headers": [
                 *         {
                 *           "key": "Content-Type",
                 *           "value": "application/json"
                 *         }
                 *       ],
                 *       "webhook_data": [
                 *         {
                 *           "fieldname": "name",
                 *           "key": "id"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["GivenWebhook"];
                /**
                 * @example {
                 *       "data": "{\"enabled\":0}"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["GivenWebhookForm"];
            };
        };
        responses: {
            /** @description The document after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrappeWebhook"];
                };
            };
            400: components["responses"]["NotUtf8"];
            /** @description `AuthenticationError`: the key is missing, malformed, unknown or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `PermissionError`: the key lacks the scope, or the DocType is read-only. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `DoesNotExistError`: there is no such document or DocType; another project’s documents look the same. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description The body is larger than 256 KB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrappeExceptionOrGatewayMessage"];
                };
            };
            /** @description `ValidationError` or `MandatoryError`: Frappe or Ancrage rejects the document. `TimestampMismatchError`: its `modified` is not that of the latest version. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The key could not be looked up. Send the request again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrappeExceptionOrGatewayMessage"];
                };
            };
        };
    };
    deleteDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `Webhook` or `Webhook%20Request%20Log`. */
                doctype: string;
                /** @description The document’s name. One that does not decode is taken as it is. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook is deleted. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeRemoved"];
                };
            };
            400: components["responses"]["NotUtf8"];
            /** @description `AuthenticationError`: the key is missing, malformed, unknown or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `PermissionError`: the key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `DoesNotExistError`: there is no such document or DocType; another project’s documents look the same. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `TimestampMismatchError`: other requests kept changing the webhook at the same time. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The key could not be looked up. Send the request again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrappeExceptionOrGatewayMessage"];
                };
            };
        };
    };
    callMethod: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The method’s name: `frappe.client.get_list`. */
                method: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "doctype": "Webhook",
                 *       "filters": {
                 *         "enabled": 1
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["FrappeParameters"];
                /**
                 * @example {
                 *       "doctype": "Webhook",
                 *       "filters": {
                 *         "enabled": 1
                 *       }
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["FrappeParameters"];
            };
        };
        responses: {
            /** @description What the method returns. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": 2
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeMessage"];
                };
            };
            400: components["responses"]["NotUtf8"];
            /** @description `AuthenticationError`: the key is missing, malformed, unknown or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `PermissionError`: the key lacks the scope, the DocType is read-only, or the method needs a POST. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `DoesNotExistError`: there is no such document or DocType; another project’s documents look the same. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `DuplicateEntryError`: the name is taken. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description The body is larger than 256 KB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrappeExceptionOrGatewayMessage"];
                };
            };
            /** @description `ValidationError`: there is no such method, or it rejects its arguments. `TimestampMismatchError`: the document that is saved is not the latest. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The key could not be looked up. Send the request again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrappeExceptionOrGatewayMessage"];
                };
            };
        };
    };
    callCommand: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "cmd": "frappe.client.get_count",
                 *       "doctype": "Webhook"
                 *     }
                 */
                "application/json": components["schemas"]["FrappeCommand"];
                /**
                 * @example {
                 *       "cmd": "frappe.client.get_count",
                 *       "doctype": "Webhook"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["FrappeCommand"];
            };
        };
        responses: {
            /** @description What the method returns. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": 2
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeMessage"];
                };
            };
            400: components["responses"]["NotUtf8"];
            /** @description `AuthenticationError`: the key is missing, malformed, unknown or expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `PermissionError`: the key lacks the scope, the DocType is read-only, or the method needs a POST. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description `DoesNotExistError`: there is no such document or DocType; another project’s documents look the same. A problem document: `cmd` is missing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "url is not a valid URL; events is required",
                     *       "errors": [
                     *         {
                     *           "path": "url",
                     *           "message": "is not a valid URL"
                     *         },
                     *         {
                     *           "path": "events",
                     *           "message": "is required"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `DuplicateEntryError`: the name is taken. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            /** @description The body is larger than 256 KB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrappeExceptionOrGatewayMessage"];
                };
            };
            /** @description `ValidationError`: there is no such method, or it rejects its arguments. `TimestampMismatchError`: the document that is saved is not the latest. */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "exception": "frappe.exceptions.ValidationError: Check Request URL",
                     *       "exc_type": "ValidationError",
                     *       "exc": "[\"frappe.exceptions.ValidationError: Check Request URL\"]",
                     *       "_server_messages": "[\"{\\\"message\\\":\\\"Check Request URL\\\",\\\"title\\\":\\\"Message\\\",\\\"indicator\\\":\\\"red\\\",\\\"raise_exception\\\":1}\"]"
                     *     }
                     */
                    "application/json": components["schemas"]["FrappeException"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The key could not be looked up. Send the request again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrappeExceptionOrGatewayMessage"];
                };
            };
        };
    };
    getOpenApiDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenApiDocument"];
                };
            };
            /** @description Unchanged since the version that `If-None-Match` names. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: components["responses"]["TooManyRequests"];
        };
    };
    getOpenApi30Document: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.0.3. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenApiDocument"];
                };
            };
            /** @description Unchanged since the version that `If-None-Match` names. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: components["responses"]["TooManyRequests"];
        };
    };
    getReference: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description HTML. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Unchanged since the version that `If-None-Match` names. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: components["responses"]["TooManyRequests"];
        };
    };
}
