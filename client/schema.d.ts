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
         * Make a project
         * @description It starts with Weavy’s six standard event types.
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
         * @description It is gone at once, with its keys, subscriptions and event types. Its events and attempts expire when they would have; until then its id cannot be used again.
         */
        delete: operations["deleteProject"];
        options?: never;
        head?: never;
        /**
         * Change a project
         * @description Other `retentionDays` hold for what is published from then on.
         */
        patch: operations["changeProject"];
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
         * Show the key that calls
         * @description Its project and what it is allowed; behind a token, the key that it was given for.
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
        /** Make a key */
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
         * @description It and its tokens work for at most another minute.
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
         * @description A new schema holds within a minute, for events that are taken from then on. Names that start with `ancrage.` are reserved.
         */
        put: operations["putEventType"];
        post?: never;
        /**
         * Remove an event type
         * @description Events of the type are taken as before, without a schema.
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
         * @description Registers its event types with descriptions and samples. Those that the project has already stay as they are, so it may be sent as often as you like.
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
         * @description One event or an array of at most 100, of which all are taken or none; 256 KB an event, 1 MB in all.
         *
         *     CloudEvents are told by their content type. Where the event’s type has a schema, its data must fit.
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
         * @description There a moment after the 202.
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
        /** Subscribe a URL */
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
        /** Unsubscribe */
        delete: operations["deleteSubscription"];
        options?: never;
        head?: never;
        /**
         * Change a subscription
         * @description Another `url`, or enabling it once again, makes its health start anew.
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
        get: operations["getSecret"];
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
        post: operations["rotateSecret"];
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
         * List what waits
         * @description Attempts that were due in more than 15 minutes when the one before had failed, and what is held while the endpoint does not answer.
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
         * Send a test
         * @description Makes one request now, even of a disabled subscription and whatever its condition says, and waits for its answer, at most 25 s. It is in the request log, is not tried again and does not count against the endpoint. If it succeeds, an endpoint that did not answer before is looked at within a minute.
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
         * Show the request that an event would make
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
         * Show the request that settings would make before they are saved
         * @description Nothing is stored, nothing sent. It is signed with the given secret, or with one made for it.
         */
        post: operations["previewDraft"];
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
         * @description Every step, the oldest first, also those without attempts. Kept for eight days.
         */
        get: operations["getTraffic"];
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
        /** Show how a subscription’s endpoint has done lately */
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
        /** Send a subscription’s deliveries again */
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
         * Show how far a replay is
         * @description A job can be asked about for 30 days.
         */
        get: operations["getReplayJob"];
        put?: never;
        post?: never;
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
        /** Send one event again */
        post: operations["replayEvent"];
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
         * @description For 12 hours, or until the key is deleted. `/v1/authenticate` is the same.
         */
        post: operations["authenticate"];
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
         * @description The path is case-insensitive, and the slash at its end may be missing. Subscribing and unsubscribing need the scope `manage`, the samples `read`. A hook that answers 410 is removed.
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
         * @description Other parameters are ignored, but `group_by`, which is refused.
         */
        get: operations["listDocuments"];
        put?: never;
        /**
         * Create a webhook
         * @description A webhook is a subscription, which the native API has, too.
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
         * @description Values of secret-looking headers are masked unless the key may `manage`.
         */
        get: operations["getDocument"];
        /**
         * Change a webhook
         * @description Fields that are sent are changed; a table that is sent takes the place of the one before.
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
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a page to read */
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
        Accepted: {
            /** @description Of the event. */
            id: string;
        } | {
            /** @description Of the events, in their order. */
            ids: string[];
        };
        /**
         * @description One HTTP request of a delivery.
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
            /** @description 1 for the first attempt of a delivery. */
            number: number;
            /** @enum {string} */
            trigger: "event" | "retry" | "replay" | "test";
            /** Format: date-time */
            at: string;
            /** @description Milliseconds, from DNS to the last byte. */
            durationMs: number;
            /** @description As it was sent. */
            request: {
                /** @enum {string} */
                method: "POST" | "PUT" | "PATCH" | "DELETE";
                url: string;
                /** @description Values of secret-looking names are masked. */
                headers: {
                    [key: string]: string;
                };
                body: string;
            };
            /** @description Null where none came. */
            response: {
                status: number;
                /** @description Names in lower case. */
                headers: {
                    [key: string]: string;
                };
                /** @description At most 1 KB of it. */
                body: string;
            } | null;
            /** @enum {string} */
            outcome: "success" | "failure";
            /** @description `status`: an answer that is no success. `render`: no request could be made of the event. */
            error: ("timeout" | "dns" | "connection" | "tls" | "blocked-address" | "redirect" | "status" | "render") | null;
            /** @description More of the error. */
            detail?: string;
            /** @description Null where none follows. */
            nextAttemptAt: string | null;
        };
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
            /** @description May be fewer than the limit, or none: the list ends where `cursor` is null. */
            data: components["schemas"]["Attempt"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
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
            /** @description How many were looked at: the latest hundred, without tests. */
            attempts: number;
            succeeded: number;
            failed: number;
            /** @description Milliseconds; null without any. */
            p50Ms: number | null;
            p95Ms: number | null;
            /** @description When the earliest of them was made. */
            since: string | null;
        };
        /**
         * @description CloudEvents 1.0 in JSON. Its `id`, `source`, `type`, `time` and `data` become the event’s.
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
            /** @constant */
            specversion: "1.0";
            id: string;
            source: string;
            type: string;
            time?: string;
            /** @description JSON, where it is given. */
            datacontenttype?: string;
            /**
             * Format: base64
             * @description JSON in base64, instead of `data`.
             */
            data_base64?: string;
            /** @description For events that come by queue; here the path says it. */
            project?: string;
            data?: {
                [key: string]: unknown;
            };
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
            /** @description For you. */
            name: string;
            /** @description `admin`: everything, in every project. `manage`: subscriptions, event types and keys of the project, and read. `publish`: publish to it. `read`: read in it. Nobody gives away what they do not have; `manage` may give `publish`. */
            scopes: ("admin" | "manage" | "publish" | "read")[];
            /** Format: date-time */
            createdAt: string;
            /** @description The API key that goes behind `Bearer`. Shown this once; only its SHA-256 is stored. */
            secret: string;
        };
        /**
         * @example {
         *       "id": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
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
         *       "signature": "standard",
         *       "timeoutSeconds": 10,
         *       "retry": "standard",
         *       "metadata": {},
         *       "url": "https://example.com/hook",
         *       "events": [
         *         "invoice.paid",
         *         "job.*"
         *       ],
         *       "disabledReason": null,
         *       "health": {
         *         "state": "healthy",
         *         "consecutiveFailures": 0,
         *         "firstFailureAt": null,
         *         "lastSuccessAt": null
         *       },
         *       "createdAt": "2026-11-21T20:04:48.000Z",
         *       "updatedAt": "2026-11-21T20:04:48.000Z",
         *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw7n0pYl3sAbc="
         *     }
         */
        CreatedSubscription: {
            id: string;
            /** @description Where to: https, port 443 or from 1024 up, a public address. Local stacks take http and loopback, too. */
            url: string;
            /** @description Exact types, `prefix.*` (one or more further segments) or `*`. `ancrage.*` is what Ancrage tells of itself: `ancrage.delivery.exhausted` and `ancrage.subscription.disabled`. */
            events: string[];
            /** @description For you. */
            name: string | null;
            /** @description A disabled one gets no events; what was accepted until then is never sent, not even once it is enabled. */
            enabled: boolean;
            /** @description A Python expression that must be true of an event, such as `data.total > 1000`. Names: `data` (also `doc`), `event`, `changes`, `utils`. Null: it gets all. */
            condition: string | null;
            /**
             * @description Of the requests.
             * @enum {string}
             */
            method: "POST" | "PUT" | "PATCH" | "DELETE";
            /** @description Sent with each request: at most 50, with 8192 characters in all, none of `webhook-*`, `user-agent` and those that frame a request. Values of secret-looking names come back as `***`, which sent back leaves them as they are. */
            headers: {
                [key: string]: string;
            };
            /**
             * @description How the body looks. `standard`: `{"type", "timestamp", "data"}`, plus `changes` and `actor` if the event has them; `data`: the event's data alone; `cloudevents`: CloudEvents 1.0 in structured mode; `fields`: the fields that `fields` names; `template`: the JSON that `template` renders; `weavy`: `{"result": data}`, as Weavy sends it; `hirehop`: as HireHop sends it, by default once and unsigned.
             * @enum {string}
             */
            format: "standard" | "data" | "cloudevents" | "fields" | "template" | "weavy" | "hirehop";
            /** @description Needed with the format `fields`: each is sent under `key`, no key twice, with the value that `fieldname` has in the data, or null. */
            fields: {
                key: string;
                fieldname: string;
            }[] | null;
            /**
             * @description Of the format `fields`; `form` is `application/x-www-form-urlencoded`.
             * @enum {string}
             */
            fieldsEncoding: "json" | "form";
            /** @description Needed with the format `template`: Jinja that renders JSON, with the names that conditions have. */
            template: string | null;
            /** @description `url` is a Jinja template of at most 2048 characters, which is judged once it is rendered. */
            dynamicUrl: boolean;
            /**
             * @description How requests are signed. `standard`: the headers of Standard Webhooks; `frappe`: `X-Frappe-Webhook-Signature`; `none`: no signature.
             * @enum {string}
             */
            signature: "standard" | "frappe" | "none";
            /** @description Seconds, over everything from DNS to the last byte. */
            timeoutSeconds: number;
            /** @description `standard`: after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, each ± 20 %. `none`: one attempt. Or waits in seconds. All must fit into the days that the project keeps its events. */
            retry: ("standard" | "none") | number[];
            /** @description For you: at most 50 entries, with 8192 characters in all. */
            metadata: {
                [key: string]: string;
            };
            /** @description `gone`: it answered 410. `failing`: five days without one success. Null while it is enabled. */
            disabledReason: ("gone" | "failing" | "manual") | null;
            /** @description Counted from failures alone. */
            health: {
                /**
                 * @description `open`: it does not answer, so what falls due is held, and the endpoint probed.
                 * @enum {string}
                 */
                state: "healthy" | "failing" | "open";
                consecutiveFailures: number;
                firstFailureAt: string | null;
                /** @description Written when a success ends a row of failures. */
                lastSuccessAt: string | null;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description What requests are signed with. */
            secret: string;
        };
        /**
         * @description Other fields are let pass.
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
            /** @description The same. */
            username?: string;
        } & {
            [key: string]: unknown;
        };
        /** @description How far the delivery to one subscription is. */
        DeliveryState: {
            subscriptionId: string;
            /**
             * @description `pending`: another attempt is due. `cancelled`: it will not be made.
             * @enum {string}
             */
            state: "delivered" | "pending" | "failed" | "cancelled";
            /** @description How many were made. */
            attempts: number;
            nextAttemptAt: string | null;
        };
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
            /** @description The event type. Without it one that the subscription names, else one of the latest events that it wants, else a registered one, else its pattern with `test` for the star. */
            event?: string;
            /** @description Without it the data of the latest event of the type, with who and what has changed; else its first registered sample; else an empty object. */
            data?: Record<string, never>;
            /** @description Of an event that was published, instead of the two. */
            eventId?: string;
            /** @description Settings as a creation takes them. */
            subscription: components["schemas"]["NewSubscription"];
        };
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
             * @description When it happened.
             */
            time: string;
            /**
             * Format: date-time
             * @description When Ancrage took it.
             */
            acceptedAt: string;
            /**
             * @description There where it is delivered to nobody.
             * @constant
             */
            suppress?: true;
            /** @description As it was published, to the letter. */
            data: {
                [key: string]: unknown;
            };
            actor?: {
                [key: string]: unknown;
            };
            /** @description Given, or computed from what `data` was before. */
            changes?: {
                [key: string]: {
                    from: unknown;
                    to: unknown;
                };
            };
            /** @description Of those that have been tried, or are held. */
            deliveries: components["schemas"]["DeliveryState"][];
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
            /** @description May be fewer than the limit, or none: the list ends where `cursor` is null. */
            data: components["schemas"]["EventSummary"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
        };
        /**
         * @description The replay’s id, which nothing can be asked by.
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
            /** @description To this subscription, or to all that want the event now. */
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
             * @description When it happened.
             */
            time: string;
            /**
             * Format: date-time
             * @description When Ancrage took it.
             */
            acceptedAt: string;
            /**
             * @description There where it is delivered to nobody.
             * @constant
             */
            suppress?: true;
        };
        /**
         * @description Schema and samples come back to the letter.
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
            /** @description JSON Schema 2020-12 that the data of its events must fit: up to 32 KB and 32 levels, references within itself, patterns as RE2 knows them. */
            schema: ({
                [key: string]: unknown;
            } | boolean) | null;
            samples: {
                [key: string]: unknown;
            }[];
            /** @description No longer listed unless asked for; its events are taken and delivered as before. */
            archived: boolean;
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
            /** @description May be fewer than the limit, or none: the list ends where `cursor` is null. */
            data: components["schemas"]["EventType"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
        };
        /**
         * @description The whole of it: what is left out is unset.
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
            /** @description JSON Schema 2020-12 that the data of its events must fit: up to 32 KB and 32 levels, references within itself, patterns as RE2 knows them. */
            schema?: {
                [key: string]: unknown;
            } | boolean | null;
            /**
             * @description Data of example events, up to 128 KB together.
             * @default []
             */
            samples?: {
                [key: string]: unknown;
            }[];
            /**
             * @description No longer listed unless asked for; its events are taken and delivered as before.
             * @default false
             */
            archived?: boolean;
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
            /** @description A JSON list of texts. */
            exc?: string;
            /** @description A JSON list of JSON objects with a `message`. */
            _server_messages: string;
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
            data: {
                [key: string]: string | number | null;
            }[] | (string | number | null)[][];
        };
        /**
         * @example {
         *       "message": "ok"
         *     }
         */
        FrappeRemoved: {
            /** @constant */
            message: "ok";
        };
        FrappeWebhook: {
            data: components["schemas"]["Webhook"];
        };
        /**
         * @description What the gateway answers itself, before any of our functions has seen the request.
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
            /** @description Unique in the project; the subscription’s id where there is none. It never changes. */
            name?: string | number | boolean | null;
            /** @description With `webhook_docevent` the event type: `Sales Invoice.on_update`. */
            webhook_doctype?: string | number | boolean | null;
            webhook_docevent?: string | number | boolean | null;
            /** @description 0 or 1. */
            enabled?: string | number | boolean | null;
            /** @description A Python expression over `doc` and `utils`. */
            condition?: string | number | boolean | null;
            /** @description As `url` of a subscription. */
            request_url?: string | number | boolean | null;
            /** @description 0 or 1: `request_url` is a Jinja template. */
            is_dynamic_url?: string | number | boolean | null;
            request_method?: string | number | boolean | null;
            /** @description `Form URL-Encoded` leaves no `webhook_json`, `JSON` no `webhook_data`; JSON is sent with either. */
            request_structure?: string | number | boolean | null;
            /** @description Seconds, up to 30. */
            timeout?: string | number | boolean | null;
            /** @description Kept, and of no effect. */
            background_jobs_queue?: string | number | boolean | null;
            /** @description 0 or 1: requests are signed. */
            enable_security?: string | number | boolean | null;
            /** @description Comes back as asterisks, which sent back leave it as it is. */
            webhook_secret?: string | number | boolean | null;
            /** @description A Jinja template that renders JSON. Not sent where there is `webhook_data`. */
            webhook_json?: string | number | boolean | null;
            /** @description A row without key or value is kept, and not sent. */
            webhook_headers?: ({
                key?: string | number | boolean | null;
                value?: string | number | boolean | null;
            } & {
                [key: string]: unknown;
            })[] | null | "";
            /** @description Which fields of the document are sent, and under which keys. */
            webhook_data?: ({
                fieldname?: string | number | boolean | null;
                key?: string | number | boolean | null;
            } & {
                [key: string]: unknown;
            })[] | null | "";
        } & {
            [key: string]: unknown;
        };
        /**
         * @description The document as JSON in one field. Without it the form’s fields are the document’s.
         * @example {
         *       "data": "{\"enabled\":0}"
         *     }
         */
        GivenWebhookForm: {
            data: string;
        } & {
            [key: string]: unknown;
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
            /** @description For you. */
            name: string;
            /** @description `admin`: everything, in every project. `manage`: subscriptions, event types and keys of the project, and read. `publish`: publish to it. `read`: read in it. Nobody gives away what they do not have; `manage` may give `publish`. */
            scopes: ("admin" | "manage" | "publish" | "read")[];
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
            /** @description May be fewer than the limit, or none: the list ends where `cursor` is null. */
            data: components["schemas"]["Key"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
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
            /** @description Event types that the project had. They are as they were. */
            existing: string[];
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
        NewEvent: {
            /** @description A dotted name of up to 10 segments, such as `invoice.paid`. Those that start with `ancrage.` are reserved. */
            type: string;
            /** @description What happened. It arrives to the letter. */
            data: {
                [key: string]: unknown;
            };
            /** @description The idempotency key: the same id (of the same `source`) twice is one event. Ours where there is none. */
            id?: string;
            /**
             * Format: date-time
             * @description When it happened, ISO 8601 with a zone, before the year 10000. Now where there is none.
             */
            time?: string;
            /** @description Who did it. */
            actor?: {
                id?: string | number;
                name?: string;
                email?: string;
            };
            /** @description What changed, by field. */
            changes?: {
                [key: string]: {
                    from: unknown;
                    to: unknown;
                };
            };
            /** @description What `data` was before. The changes are computed where `changes` are not given. */
            previous?: {
                [key: string]: unknown;
            };
            /** @description For receivers that serve several companies. The project’s where there is none. */
            companyId?: string | number;
            /** @description Where it is from: another source may use the same `id`. */
            source?: string;
            /** @description Stored, and delivered to nobody. */
            suppress?: boolean;
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
        NewEventOrEvents: components["schemas"]["NewEvent"] | components["schemas"]["NewEvent"][];
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
            /** @description For you. */
            name: string;
            /** @description `admin`: everything, in every project. `manage`: subscriptions, event types and keys of the project, and read. `publish`: publish to it. `read`: read in it. Nobody gives away what they do not have; `manage` may give `publish`. */
            scopes: ("admin" | "manage" | "publish" | "read")[];
        };
        /**
         * @example {
         *       "id": "erp",
         *       "name": "Our ERP",
         *       "retentionDays": 60
         *     }
         */
        NewProject: {
            /** @description Yours to choose, once: 1 to 63 letters, digits, `-` and `_`. */
            id: string;
            /**
             * @description For you.
             * @default null
             */
            name?: string | null;
            /**
             * @description HireHop’s `export_key`, its receivers’ only authentication. Whoever may read sees it, as in the bodies that have it.
             * @default null
             */
            exportKey?: string | null;
            /**
             * @description HireHop’s `company_id`, sent as it is given: HireHop’s own is a number.
             * @default null
             */
            companyId?: (string | number) | null;
            /** @description Days that events and their attempts are kept. Must outlast the schedules of the project’s subscriptions. Without it, as many as the stage says: 30, or its own. */
            retentionDays?: number;
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
            /** @description Where to: https, port 443 or from 1024 up, a public address. Local stacks take http and loopback, too. */
            url: string;
            /** @description Exact types, `prefix.*` (one or more further segments) or `*`. `ancrage.*` is what Ancrage tells of itself: `ancrage.delivery.exhausted` and `ancrage.subscription.disabled`. */
            events: string[];
            /**
             * @description For you.
             * @default null
             */
            name?: string | null;
            /**
             * @description A disabled one gets no events; what was accepted until then is never sent, not even once it is enabled.
             * @default true
             */
            enabled?: boolean;
            /**
             * @description A Python expression that must be true of an event, such as `data.total > 1000`. Names: `data` (also `doc`), `event`, `changes`, `utils`. Null: it gets all.
             * @default null
             */
            condition?: string | null;
            /**
             * @description Of the requests.
             * @default POST
             * @enum {string}
             */
            method?: "POST" | "PUT" | "PATCH" | "DELETE";
            /**
             * @description Sent with each request: at most 50, with 8192 characters in all, none of `webhook-*`, `user-agent` and those that frame a request. Values of secret-looking names come back as `***`, which sent back leaves them as they are.
             * @default {}
             */
            headers?: {
                [key: string]: string;
            };
            /**
             * @description How the body looks. `standard`: `{"type", "timestamp", "data"}`, plus `changes` and `actor` if the event has them; `data`: the event's data alone; `cloudevents`: CloudEvents 1.0 in structured mode; `fields`: the fields that `fields` names; `template`: the JSON that `template` renders; `weavy`: `{"result": data}`, as Weavy sends it; `hirehop`: as HireHop sends it, by default once and unsigned.
             * @default standard
             * @enum {string}
             */
            format?: "standard" | "data" | "cloudevents" | "fields" | "template" | "weavy" | "hirehop";
            /**
             * @description Needed with the format `fields`: each is sent under `key`, no key twice, with the value that `fieldname` has in the data, or null.
             * @default null
             */
            fields?: {
                key: string;
                fieldname: string;
            }[] | null;
            /**
             * @description Of the format `fields`; `form` is `application/x-www-form-urlencoded`.
             * @default json
             * @enum {string}
             */
            fieldsEncoding?: "json" | "form";
            /**
             * @description Needed with the format `template`: Jinja that renders JSON, with the names that conditions have.
             * @default null
             */
            template?: string | null;
            /**
             * @description `url` is a Jinja template of at most 2048 characters, which is judged once it is rendered.
             * @default false
             */
            dynamicUrl?: boolean;
            /**
             * @description How requests are signed. `standard`: the headers of Standard Webhooks; `frappe`: `X-Frappe-Webhook-Signature`; `none`: no signature.
             * @default standard
             * @enum {string}
             */
            signature?: "standard" | "frappe" | "none";
            /**
             * @description Seconds, over everything from DNS to the last byte.
             * @default 10
             */
            timeoutSeconds?: number;
            /**
             * @description `standard`: after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, each ± 20 %. `none`: one attempt. Or waits in seconds. All must fit into the days that the project keeps its events.
             * @default standard
             */
            retry?: ("standard" | "none") | number[];
            /**
             * @description For you: at most 50 entries, with 8192 characters in all.
             * @default {}
             */
            metadata?: {
                [key: string]: string;
            };
            /** @description What requests are signed with: `whsec_` and the base64 of 24 to 64 bytes; with the signatures `frappe` and `none` 1 to 1024 characters. 32 of ours where there is none. */
            secret?: string;
        };
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
            /** @description For you. */
            name: string;
            /** @description `admin`: everything, in every project. `manage`: subscriptions, event types and keys of the project, and read. `publish`: publish to it. `read`: read in it. Nobody gives away what they do not have; `manage` may give `publish`. */
            scopes: ("admin" | "manage" | "publish" | "read")[];
            /** Format: date-time */
            createdAt: string;
            project: string;
        };
        /**
         * @example {
         *       "eventId": "invoice-1-paid",
         *       "state": "pending",
         *       "number": 4,
         *       "held": false,
         *       "dueAt": "2026-11-21T22:04:48.000Z"
         *     }
         */
        PendingDelivery: {
            eventId: string;
            /** @constant */
            state: "pending";
            /** @description Of the attempt that is to be made. */
            number: number;
            /** @description Whether it waits for its endpoint to answer again. */
            held: boolean;
            /** @description Null for what is held. */
            dueAt: string | null;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "eventId": "invoice-1-paid",
         *           "state": "pending",
         *           "number": 4,
         *           "held": false,
         *           "dueAt": "2026-11-21T22:04:48.000Z"
         *         }
         *       ],
         *       "cursor": null
         *     }
         */
        PendingDeliveryPage: {
            /** @description May be fewer than the limit, or none: the list ends where `cursor` is null. */
            data: components["schemas"]["PendingDelivery"][];
            /** @description For the next page; null at the end. */
            cursor: string | null;
        };
        /**
         * @description All of them, without their samples.
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
            cursor: null;
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
            /** @description What it was made of. */
            event: {
                id: string;
                type: string;
                /** Format: date-time */
                time: string;
            };
            /** @description Whether the event would be sent at all. Null if the condition cannot be evaluated. */
            conditionHolds: boolean | null;
            /** @description Null if none can be made. */
            request: {
                /** @enum {string} */
                method: "POST" | "PUT" | "PATCH" | "DELETE";
                url: string;
                /** @description With the signature. Credentials among the subscription’s own headers are masked. */
                headers: {
                    [key: string]: string;
                };
                body: string;
            } | null;
            error: "render" | null;
            /** @description Why no request can be made. */
            detail?: string;
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
        PreviewRequest: {
            /** @description The event type. Without it one that the subscription names, else one of the latest events that it wants, else a registered one, else its pattern with `test` for the star. */
            event?: string;
            /** @description Without it the data of the latest event of the type, with who and what has changed; else its first registered sample; else an empty object. */
            data?: Record<string, never>;
            /** @description Of an event that was published, instead of the two. */
            eventId?: string;
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
            /** @constant */
            type: "about:blank";
            /** @description The kind of problem, the same for each of its kind. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What went wrong, in one sentence. */
            detail: string;
            /** @description Every fault of the request. */
            errors?: {
                /** @description Where: `events.0`, in an array of events `3.data.total`, empty for the body as a whole. */
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
         *       "createdAt": "2026-11-21T20:04:48.000Z"
         *     }
         */
        Project: {
            id: string;
            /** @description For you. */
            name: string | null;
            /** @description HireHop’s `export_key`, its receivers’ only authentication. Whoever may read sees it, as in the bodies that have it. */
            exportKey: string | null;
            /** @description HireHop’s `company_id`, sent as it is given: HireHop’s own is a number. */
            companyId: (string | number) | null;
            /** @description Days that events and their attempts are kept. Must outlast the schedules of the project’s subscriptions. */
            retentionDays: number;
            /** Format: date-time */
            createdAt: string;
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
         *           "createdAt": "2026-11-21T20:04:48.000Z"
         *         }
         *       ],
         *       "cursor": null
         *     }
         */
        ProjectPage: {
            /** @description May be fewer than the limit, or none: the list ends where `cursor` is null. */
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
            /** @description For you. */
            name?: string | null;
            /** @description HireHop’s `export_key`, its receivers’ only authentication. Whoever may read sees it, as in the bodies that have it. */
            exportKey?: string | null;
            /** @description HireHop’s `company_id`, sent as it is given: HireHop’s own is a number. */
            companyId?: (string | number) | null;
            /** @description Days that events and their attempts are kept. Must outlast the schedules of the project’s subscriptions. */
            retentionDays?: number;
        };
        /**
         * @example {
         *       "id": "job_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
         *       "state": "running",
         *       "done": 20,
         *       "total": 53,
         *       "since": "2026-11-20T00:00:00.000Z",
         *       "until": "2026-11-21T20:04:48.000Z",
         *       "only": "missing",
         *       "requestedAt": "2026-11-21T20:04:48.000Z"
         *     }
         */
        ReplayJob: {
            id: string;
            /**
             * @description `cancelled`: the subscription was disabled or removed.
             * @enum {string}
             */
            state: "running" | "done" | "cancelled";
            /** @description How many were handed to the retries queue, at most ten a second. */
            done: number;
            /** @description How many there are, as far as they are counted. */
            total: number;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            /**
             * @description `failed`: deliveries that have ended without success. `all`. `missing`: events that match and were never attempted, say because the subscription is newer than they are.
             * @enum {string}
             */
            only: "failed" | "all" | "missing";
            /** Format: date-time */
            requestedAt: string;
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
             * @description Events that were accepted from then on.
             */
            since: string;
            /**
             * Format: date-time
             * @description Until then, not before `since`; now where there is none, or where it is later.
             */
            until?: string;
            /**
             * @description `failed`: deliveries that have ended without success. `all`. `missing`: events that match and were never attempted, say because the subscription is newer than they are.
             * @default failed
             * @enum {string}
             */
            only?: "failed" | "all" | "missing";
        };
        /**
         * @example {
         *       "overlapSeconds": 3600
         *     }
         */
        Rotation: {
            /** @description The new one: `whsec_` and the base64 of 24 to 64 bytes; with the signatures `frappe` and `none` 1 to 1024 characters. Ours where there is none. */
            secret?: string;
            /**
             * @description How long requests carry the signatures of both; a week at most.
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
            data: {
                [key: string]: unknown;
            }[];
            cursor: null;
        };
        /**
         * @example {
         *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw7n0pYl3sAbc="
         *     }
         */
        SigningSecret: {
            /** @description What requests are signed with. */
            secret: string;
        };
        /**
         * @example {
         *       "id": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
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
         *       "signature": "standard",
         *       "timeoutSeconds": 10,
         *       "retry": "standard",
         *       "metadata": {},
         *       "url": "https://example.com/hook",
         *       "events": [
         *         "invoice.paid",
         *         "job.*"
         *       ],
         *       "disabledReason": null,
         *       "health": {
         *         "state": "healthy",
         *         "consecutiveFailures": 0,
         *         "firstFailureAt": null,
         *         "lastSuccessAt": null
         *       },
         *       "createdAt": "2026-11-21T20:04:48.000Z",
         *       "updatedAt": "2026-11-21T20:04:48.000Z"
         *     }
         */
        Subscription: {
            id: string;
            /** @description Where to: https, port 443 or from 1024 up, a public address. Local stacks take http and loopback, too. */
            url: string;
            /** @description Exact types, `prefix.*` (one or more further segments) or `*`. `ancrage.*` is what Ancrage tells of itself: `ancrage.delivery.exhausted` and `ancrage.subscription.disabled`. */
            events: string[];
            /** @description For you. */
            name: string | null;
            /** @description A disabled one gets no events; what was accepted until then is never sent, not even once it is enabled. */
            enabled: boolean;
            /** @description A Python expression that must be true of an event, such as `data.total > 1000`. Names: `data` (also `doc`), `event`, `changes`, `utils`. Null: it gets all. */
            condition: string | null;
            /**
             * @description Of the requests.
             * @enum {string}
             */
            method: "POST" | "PUT" | "PATCH" | "DELETE";
            /** @description Sent with each request: at most 50, with 8192 characters in all, none of `webhook-*`, `user-agent` and those that frame a request. Values of secret-looking names come back as `***`, which sent back leaves them as they are. */
            headers: {
                [key: string]: string;
            };
            /**
             * @description How the body looks. `standard`: `{"type", "timestamp", "data"}`, plus `changes` and `actor` if the event has them; `data`: the event's data alone; `cloudevents`: CloudEvents 1.0 in structured mode; `fields`: the fields that `fields` names; `template`: the JSON that `template` renders; `weavy`: `{"result": data}`, as Weavy sends it; `hirehop`: as HireHop sends it, by default once and unsigned.
             * @enum {string}
             */
            format: "standard" | "data" | "cloudevents" | "fields" | "template" | "weavy" | "hirehop";
            /** @description Needed with the format `fields`: each is sent under `key`, no key twice, with the value that `fieldname` has in the data, or null. */
            fields: {
                key: string;
                fieldname: string;
            }[] | null;
            /**
             * @description Of the format `fields`; `form` is `application/x-www-form-urlencoded`.
             * @enum {string}
             */
            fieldsEncoding: "json" | "form";
            /** @description Needed with the format `template`: Jinja that renders JSON, with the names that conditions have. */
            template: string | null;
            /** @description `url` is a Jinja template of at most 2048 characters, which is judged once it is rendered. */
            dynamicUrl: boolean;
            /**
             * @description How requests are signed. `standard`: the headers of Standard Webhooks; `frappe`: `X-Frappe-Webhook-Signature`; `none`: no signature.
             * @enum {string}
             */
            signature: "standard" | "frappe" | "none";
            /** @description Seconds, over everything from DNS to the last byte. */
            timeoutSeconds: number;
            /** @description `standard`: after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, each ± 20 %. `none`: one attempt. Or waits in seconds. All must fit into the days that the project keeps its events. */
            retry: ("standard" | "none") | number[];
            /** @description For you: at most 50 entries, with 8192 characters in all. */
            metadata: {
                [key: string]: string;
            };
            /** @description `gone`: it answered 410. `failing`: five days without one success. Null while it is enabled. */
            disabledReason: ("gone" | "failing" | "manual") | null;
            /** @description Counted from failures alone. */
            health: {
                /**
                 * @description `open`: it does not answer, so what falls due is held, and the endpoint probed.
                 * @enum {string}
                 */
                state: "healthy" | "failing" | "open";
                consecutiveFailures: number;
                firstFailureAt: string | null;
                /** @description Written when a success ends a row of failures. */
                lastSuccessAt: string | null;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
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
         *           "signature": "standard",
         *           "timeoutSeconds": 10,
         *           "retry": "standard",
         *           "metadata": {},
         *           "url": "https://example.com/hook",
         *           "events": [
         *             "invoice.paid",
         *             "job.*"
         *           ],
         *           "disabledReason": null,
         *           "health": {
         *             "state": "healthy",
         *             "consecutiveFailures": 0,
         *             "firstFailureAt": null,
         *             "lastSuccessAt": null
         *           },
         *           "createdAt": "2026-11-21T20:04:48.000Z",
         *           "updatedAt": "2026-11-21T20:04:48.000Z"
         *         }
         *       ],
         *       "cursor": null
         *     }
         */
        SubscriptionPage: {
            /** @description May be fewer than the limit, or none: the list ends where `cursor` is null. */
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
            /** @description Where to: https, port 443 or from 1024 up, a public address. Local stacks take http and loopback, too. */
            url?: string;
            /** @description Exact types, `prefix.*` (one or more further segments) or `*`. `ancrage.*` is what Ancrage tells of itself: `ancrage.delivery.exhausted` and `ancrage.subscription.disabled`. */
            events?: string[];
            /** @description For you. */
            name?: string | null;
            /** @description A disabled one gets no events; what was accepted until then is never sent, not even once it is enabled. */
            enabled?: boolean;
            /** @description A Python expression that must be true of an event, such as `data.total > 1000`. Names: `data` (also `doc`), `event`, `changes`, `utils`. Null: it gets all. */
            condition?: string | null;
            /**
             * @description Of the requests.
             * @enum {string}
             */
            method?: "POST" | "PUT" | "PATCH" | "DELETE";
            /** @description Sent with each request: at most 50, with 8192 characters in all, none of `webhook-*`, `user-agent` and those that frame a request. Values of secret-looking names come back as `***`, which sent back leaves them as they are. */
            headers?: {
                [key: string]: string;
            };
            /**
             * @description How the body looks. `standard`: `{"type", "timestamp", "data"}`, plus `changes` and `actor` if the event has them; `data`: the event's data alone; `cloudevents`: CloudEvents 1.0 in structured mode; `fields`: the fields that `fields` names; `template`: the JSON that `template` renders; `weavy`: `{"result": data}`, as Weavy sends it; `hirehop`: as HireHop sends it, by default once and unsigned.
             * @enum {string}
             */
            format?: "standard" | "data" | "cloudevents" | "fields" | "template" | "weavy" | "hirehop";
            /** @description Needed with the format `fields`: each is sent under `key`, no key twice, with the value that `fieldname` has in the data, or null. */
            fields?: {
                key: string;
                fieldname: string;
            }[] | null;
            /**
             * @description Of the format `fields`; `form` is `application/x-www-form-urlencoded`.
             * @enum {string}
             */
            fieldsEncoding?: "json" | "form";
            /** @description Needed with the format `template`: Jinja that renders JSON, with the names that conditions have. */
            template?: string | null;
            /** @description `url` is a Jinja template of at most 2048 characters, which is judged once it is rendered. */
            dynamicUrl?: boolean;
            /**
             * @description How requests are signed. `standard`: the headers of Standard Webhooks; `frappe`: `X-Frappe-Webhook-Signature`; `none`: no signature.
             * @enum {string}
             */
            signature?: "standard" | "frappe" | "none";
            /** @description Seconds, over everything from DNS to the last byte. */
            timeoutSeconds?: number;
            /** @description `standard`: after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, each ± 20 %. `none`: one attempt. Or waits in seconds. All must fit into the days that the project keeps its events. */
            retry?: ("standard" | "none") | number[];
            /** @description For you: at most 50 entries, with 8192 characters in all. */
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
            /** @description The event type. Without it one that the subscription names, else one of the latest events that it wants, else a registered one, else its pattern with `test` for the star. */
            event?: string;
            /** @description Without it the data of the latest event of the type, with who and what has changed; else its first registered sample; else an empty object. */
            data?: Record<string, never>;
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
            /** @description Goes behind `Bearer`, as a key does. */
            authToken: string;
            /** @description Seconds. */
            expiresIn: number;
            /** Format: date-time */
            generatedTimeUTC: string;
            passwordExpiryUTC: null;
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
            /** @description 300 for up to a day, 3600 beyond. */
            stepSeconds: number;
            data: {
                /**
                 * Format: date-time
                 * @description When the step begins.
                 */
                at: string;
                succeeded: number;
                /** @description Failed, with another attempt to come. */
                retrying: number;
                /** @description Ended without success. */
                failed: number;
                /** @description Milliseconds that half of the attempts took at most; null without any. */
                p50Ms: number | null;
                /** @description Milliseconds that 95 of a hundred took at most. */
                p95Ms: number | null;
            }[];
        };
        /**
         * @example {
         *       "result": {
         *         "codeWebhookSubscription": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA"
         *       }
         *     }
         */
        WeavyAnswer: {
            result: {
                /** @description The subscription’s id. */
                codeWebhookSubscription: string;
            };
        } | {
            result: {
                [key: string]: unknown;
            };
        }[];
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
         * @description What `c` asks for. Other fields are let pass.
         * @example {
         *       "event": "NewOpportunity",
         *       "hookUrl": "https://example.com/hook"
         *     }
         */
        WeavyRequest: components["schemas"]["WeavySubscribe"] | components["schemas"]["WeavyUnsubscribe"] | components["schemas"]["WeavyPerformList"];
        /**
         * @example {
         *       "event": "NewOpportunity",
         *       "hookUrl": "https://example.com/hook"
         *     }
         */
        WeavySubscribe: {
            /** @description An event type. Patterns are taken, too. */
            event: string;
            /** @description As `url` of a subscription. */
            hookUrl: string;
        } & {
            [key: string]: unknown;
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
        /** @description A `Webhook` document. Fields without a value are missing. */
        Webhook: {
            name: string;
            /** @description The key that made it. */
            owner: string;
            creation: string;
            modified: string;
            modified_by: string;
            /** @constant */
            docstatus: 0;
            idx: number;
            /** @description With `webhook_docevent` the event type: `Sales Invoice.on_update`. */
            webhook_doctype: string;
            /** @enum {string} */
            webhook_docevent: "after_insert" | "on_update" | "on_submit" | "on_cancel" | "on_trash" | "on_update_after_submit" | "on_change" | "workflow_transition";
            /**
             * @description 0 or 1.
             * @enum {number}
             */
            enabled: 0 | 1;
            /** @description A Python expression over `doc` and `utils`. */
            condition?: string;
            /** @description As `url` of a subscription. */
            request_url: string;
            /**
             * @description 0 or 1: `request_url` is a Jinja template.
             * @enum {number}
             */
            is_dynamic_url: 0 | 1;
            /** @enum {string} */
            request_method: "POST" | "PUT" | "DELETE";
            /**
             * @description `Form URL-Encoded` leaves no `webhook_json`, `JSON` no `webhook_data`; JSON is sent with either.
             * @enum {string}
             */
            request_structure: "" | "Form URL-Encoded" | "JSON";
            /** @description Seconds, up to 30. */
            timeout: number;
            /** @description Kept, and of no effect. */
            background_jobs_queue?: string;
            /**
             * @description 0 or 1: requests are signed.
             * @enum {number}
             */
            enable_security: 0 | 1;
            /** @description Comes back as asterisks, which sent back leave it as it is. */
            webhook_secret?: string;
            /** @description A Jinja template that renders JSON. Not sent where there is `webhook_data`. */
            webhook_json?: string;
            /** @constant */
            doctype: "Webhook";
            /** @description A row without key or value is kept, and not sent. */
            webhook_headers: {
                name: string;
                /** @description The key that made it. */
                owner: string;
                creation: string;
                modified: string;
                modified_by: string;
                /** @constant */
                docstatus: 0;
                idx: number;
                parent: string;
                parentfield: string;
                /** @constant */
                parenttype: "Webhook";
                key?: string;
                value?: string;
                /** @constant */
                doctype: "Webhook Header";
            }[];
            /** @description Which fields of the document are sent, and under which keys. */
            webhook_data: {
                name: string;
                /** @description The key that made it. */
                owner: string;
                creation: string;
                modified: string;
                modified_by: string;
                /** @constant */
                docstatus: 0;
                idx: number;
                parent: string;
                parentfield: string;
                /** @constant */
                parenttype: "Webhook";
                fieldname: string;
                key: string;
                /** @constant */
                doctype: "Webhook Data";
            }[];
        };
        /** @description One request, or a failure to make one. */
        WebhookRequestLog: {
            name: string;
            /** @description The key that made it. */
            owner: string;
            creation: string;
            modified: string;
            modified_by: string;
            /** @constant */
            docstatus: 0;
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
            /** @description The body of the answer. */
            response?: string;
            /** @description Empty if there was none. */
            error: string;
            /** @constant */
            doctype: "Webhook Request Log";
        };
    };
    responses: {
        /** @description The cursor is not one that this list gave. */
        BadCursor: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/json": components["schemas"]["GatewayMessage"];
            };
        };
        /** @description The path is not percent-encoded UTF-8. */
        BadPath: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/json": components["schemas"]["GatewayMessage"];
            };
        };
        /** @description The cursor is not one that this list gave, or the path is not percent-encoded UTF-8. */
        BadCursorOrPath: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/json": components["schemas"]["GatewayMessage"];
            };
        };
        /** @description The bearer is missing, malformed, unknown or expired. */
        Unauthorized: {
            headers: {
                /** @description `Bearer` */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key has not the scope `admin`. */
        NeedsAdmin: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key has not the scope `manage`. */
        NeedsManage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key has not the scope `publish`. */
        NeedsPublish: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key has not the scope `read`. */
        NeedsRead: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such project, or it is another’s. */
        NoSuchProject: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is nothing of this id in the project, or no such project; another’s looks the same. */
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
        /** @description The content type is not JSON’s. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request is not valid, or its body is not JSON. `errors` has every fault. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description More requests than the account’s API Gateway takes. Send it again later. */
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
                /** @description Items of a page. */
                limit?: number;
                /** @description The `cursor` that the page before answered; what it says is nobody’s business. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of projects, the newest first. */
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
                /** @description Up to 255 printable characters of your own, a UUID say. The same key within 24 hours answers the same resource, with `idempotent-replayed: true`; with another body it is refused, and with 409 while the first is under way. */
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
                     *       "createdAt": "2026-11-21T20:04:48.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Project"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsAdmin"];
            /** @description There is such a project, or what a deleted one of this id left has yet to expire; or a request with this `Idempotency-Key` is under way. */
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
                     *       "createdAt": "2026-11-21T20:04:48.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Project"];
                };
            };
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NoSuchProject"];
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
            /** @description It is gone, or was never there. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsAdmin"];
            /** @description It is another’s, and the key is of no admin. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description There is more of it than one request can remove. Send it again: it goes on. */
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
            /** @description The project as it is now. */
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
                     *       "createdAt": "2026-11-21T20:04:48.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Project"];
                };
            };
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsAdmin"];
            404: components["responses"]["NoSuchProject"];
            /** @description It was changed meanwhile. */
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
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description Items of a page. */
                limit?: number;
                /** @description The `cursor` that the page before answered; what it says is nobody’s business. */
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
            /** @description A page of keys without their secrets, the newest first. */
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
                /** @description Up to 255 printable characters of your own, a UUID say. The same key within 24 hours answers the same resource, with `idempotent-replayed: true`; with another body it is refused, and with 409 while the first is under way. */
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
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            /** @description The key has not the scope `manage`, or not a scope that it would give. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NoSuchProject"];
            /** @description A request with this `Idempotency-Key` is under way. */
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
            /** @description It is gone, or was never there. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            /** @description The key has not the scope `manage`, or not a scope that it would take. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listEventTypes: {
        parameters: {
            query?: {
                /** @description Whether archived ones are listed, too. */
                includeArchived?: "true" | "false";
                /** @description Items of a page. */
                limit?: number;
                /** @description The `cursor` that the page before answered; what it says is nobody’s business. */
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
            /** @description A page of event types by their names. */
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
                /** @description The event type, percent-encoded: `Sales%20Invoice.on_update`. */
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
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
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
                /** @description The event type, percent-encoded: `Sales%20Invoice.on_update`. */
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
            /** @description The event type as it is now. */
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
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
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
                /** @description The event type, percent-encoded: `Sales%20Invoice.on_update`. */
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone, or was never there. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
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
                /** @description The event type, percent-encoded: `Sales%20Invoice.on_update`. */
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The data of the latest three events, newest first, or the registered samples. */
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
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
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
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NoSuchProject"];
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
                /** @description Its name: `weavy`, `dokos` or `hirehop`. */
                preset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was added, and what was there. */
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
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Only events of just this type. */
                type?: string;
                /** @description Only events that were accepted then or later. */
                since?: string;
                /** @description Only events that were accepted then or earlier. */
                until?: string;
                /** @description Items of a page. */
                limit?: number;
                /** @description The `cursor` that the page before answered; what it says is nobody’s business. */
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
            /** @description A page of events, the newest first. */
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
            /** @description The events queue has them. */
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
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsPublish"];
            404: components["responses"]["NoSuchProject"];
            /** @description An event has more than 256 KB, or all together more than 1 MB. */
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
            429: components["responses"]["TooManyRequests"];
            /** @description The queue may have taken a part, or the key could not be looked up. Send it again, with ids of your own. */
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
                /** @description The event’s id, percent-encoded. */
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
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAttemptsOfEvent: {
        parameters: {
            query?: {
                /** @description Items of a page. */
                limit?: number;
                /** @description The `cursor` that the page before answered; what it says is nobody’s business. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The event’s id, percent-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of attempts, the highest number first. */
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
    listSubscriptions: {
        parameters: {
            query?: {
                /** @description Only those that want this type, by name or by a wildcard. */
                event?: string;
                /** @description Only those that are enabled, or are not. */
                enabled?: "true" | "false";
                /** @description Only those whose endpoint is in this state. */
                health?: "healthy" | "failing" | "open";
                /** @description Items of a page. */
                limit?: number;
                /** @description The `cursor` that the page before answered; what it says is nobody’s business. */
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
            /** @description A page of subscriptions, the newest first. */
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
                     *           "signature": "standard",
                     *           "timeoutSeconds": 10,
                     *           "retry": "standard",
                     *           "metadata": {},
                     *           "url": "https://example.com/hook",
                     *           "events": [
                     *             "invoice.paid",
                     *             "job.*"
                     *           ],
                     *           "disabledReason": null,
                     *           "health": {
                     *             "state": "healthy",
                     *             "consecutiveFailures": 0,
                     *             "firstFailureAt": null,
                     *             "lastSuccessAt": null
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
                /** @description Up to 255 printable characters of your own, a UUID say. The same key within 24 hours answers the same resource, with `idempotent-replayed: true`; with another body it is refused, and with 409 while the first is under way. */
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
                     *       "signature": "standard",
                     *       "timeoutSeconds": 10,
                     *       "retry": "standard",
                     *       "metadata": {},
                     *       "url": "https://example.com/hook",
                     *       "events": [
                     *         "invoice.paid",
                     *         "job.*"
                     *       ],
                     *       "disabledReason": null,
                     *       "health": {
                     *         "state": "healthy",
                     *         "consecutiveFailures": 0,
                     *         "firstFailureAt": null,
                     *         "lastSuccessAt": null
                     *       },
                     *       "createdAt": "2026-11-21T20:04:48.000Z",
                     *       "updatedAt": "2026-11-21T20:04:48.000Z",
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw7n0pYl3sAbc="
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedSubscription"];
                };
            };
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NoSuchProject"];
            /** @description A request with this `Idempotency-Key` is under way. */
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
                     *       "signature": "standard",
                     *       "timeoutSeconds": 10,
                     *       "retry": "standard",
                     *       "metadata": {},
                     *       "url": "https://example.com/hook",
                     *       "events": [
                     *         "invoice.paid",
                     *         "job.*"
                     *       ],
                     *       "disabledReason": null,
                     *       "health": {
                     *         "state": "healthy",
                     *         "consecutiveFailures": 0,
                     *         "firstFailureAt": null,
                     *         "lastSuccessAt": null
                     *       },
                     *       "createdAt": "2026-11-21T20:04:48.000Z",
                     *       "updatedAt": "2026-11-21T20:04:48.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
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
            /** @description It is gone, or was never there. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            /** @description It was changed again and again meanwhile. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
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
            /** @description The subscription as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA",
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
                     *       "signature": "standard",
                     *       "timeoutSeconds": 10,
                     *       "retry": "standard",
                     *       "metadata": {},
                     *       "url": "https://example.com/hook",
                     *       "events": [
                     *         "invoice.paid",
                     *         "job.*"
                     *       ],
                     *       "disabledReason": null,
                     *       "health": {
                     *         "state": "healthy",
                     *         "consecutiveFailures": 0,
                     *         "firstFailureAt": null,
                     *         "lastSuccessAt": null
                     *       },
                     *       "createdAt": "2026-11-21T20:04:48.000Z",
                     *       "updatedAt": "2026-11-21T20:04:48.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            /** @description It was changed meanwhile. */
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
    getSecret: {
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
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateSecret: {
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
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            /** @description It was changed meanwhile. */
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
    listAttemptsOfSubscription: {
        parameters: {
            query?: {
                /** @description Only those with this outcome. */
                outcome?: "success" | "failure";
                /** @description Items of a page. */
                limit?: number;
                /** @description The `cursor` that the page before answered; what it says is nobody’s business. */
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
            /** @description A page of attempts, the newest first. */
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
                /** @description There is just this one: what is no longer pending is an attempt. */
                state?: "pending";
                /** @description Items of a page. */
                limit?: number;
                /** @description The `cursor` that the page before answered; what it says is nobody’s business. */
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
            /** @description A page of pending deliveries, the newest event first. */
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
                     *           "held": false,
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
                "application/json": components["schemas"]["TestRequest"];
            };
        };
        responses: {
            /** @description The attempt, whatever came of it. */
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
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
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
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    previewDraft: {
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
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NoSuchProject"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTraffic: {
        parameters: {
            query?: {
                /** @description From then on; a day before `until` where it is not given. */
                since?: string;
                /** @description Now where it is not given. */
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
            400: components["responses"]["BadPath"];
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
            /** @description Of its latest attempts. */
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
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
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
                     *       "since": "2026-11-20T00:00:00.000Z",
                     *       "until": "2026-11-21T20:04:48.000Z",
                     *       "only": "missing",
                     *       "requestedAt": "2026-11-21T20:04:48.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ReplayJob"];
                };
            };
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            /** @description The subscription is disabled, or another job of it is running. */
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
                     *       "since": "2026-11-20T00:00:00.000Z",
                     *       "until": "2026-11-21T20:04:48.000Z",
                     *       "only": "missing",
                     *       "requestedAt": "2026-11-21T20:04:48.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ReplayJob"];
                };
            };
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsRead"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    replayEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project’s id. */
                project: string;
                /** @description The event’s id, percent-encoded. */
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
            /** @description A queue has it. */
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
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["NeedsManage"];
            404: components["responses"]["NotFound"];
            /** @description The event is suppressed: it is delivered to nobody. */
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
            /** @description It could not be queued, or the key not be looked up. Send the request again. */
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
    authenticate: {
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
            };
        };
        responses: {
            /** @description What was asked for. */
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
            400: components["responses"]["BadPath"];
            401: components["responses"]["Unauthorized"];
            /** @description The key has not the scope that the entry point needs. */
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
            /** @description The subscription to remove was changed again and again meanwhile. */
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
    listDocuments: {
        parameters: {
            query?: {
                /** @description A JSON list of columns, `["*"]` for all. `["name"]` where there is none. */
                fields?: string;
                /** @description JSON: `{"enabled": 1, "name": ["like", "a%"]}` or `[["enabled", "=", 1]]`, with the operators `=`, `!=`, `>`, `<`, `>=`, `<=`, `like`, `not like`, `in`, `not in`, `is`, `between`. */
                filters?: string;
                /** @description The same; one of them must fit. */
                or_filters?: string;
                /** @description `creation asc, name desc`. `modified desc` where there is none. */
                order_by?: string;
                /** @description How many are left out. */
                limit_start?: string;
                /** @description How many are shown: 20 unless said otherwise, 0 for all. */
                limit_page_length?: string;
                /** @description The same. */
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
            /** @description Rows. */
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
            400: components["responses"]["BadPath"];
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
            /** @description `PermissionError`: the key has not the scope. */
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
            /** @description `DoesNotExistError`: There is no such DocType but `Webhook` and `Webhook Request Log`. */
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
            /** @description `DataError` or `ValidationError`: what is asked for cannot be. */
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
            400: components["responses"]["BadPath"];
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
            /** @description `PermissionError`: the key has not the scope, or the DocType is read-only. */
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
            /** @description `DoesNotExistError`: There is no such DocType but `Webhook` and `Webhook Request Log`. */
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
            /** @description `ValidationError` or `MandatoryError`: what Frappe refuses, or Ancrage. */
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
                /** @description The document’s name, percent-encoded. */
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
            400: components["responses"]["BadPath"];
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
            /** @description `PermissionError`: the key has not the scope. */
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
            /** @description `DoesNotExistError`: there is no such document or DocType; another project’s looks the same. */
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
                /** @description The document’s name, percent-encoded. */
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
            /** @description The document as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FrappeWebhook"];
                };
            };
            400: components["responses"]["BadPath"];
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
            /** @description `PermissionError`: the key has not the scope, or the DocType is read-only. */
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
            /** @description `DoesNotExistError`: there is no such document or DocType; another project’s looks the same. */
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
            /** @description `ValidationError` or `MandatoryError`: what Frappe refuses, or Ancrage. */
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
                /** @description The document’s name, percent-encoded. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
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
            400: components["responses"]["BadPath"];
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
            /** @description `PermissionError`: the key has not the scope. */
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
            /** @description `DoesNotExistError`: there is no such document or DocType; another project’s looks the same. */
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
            /** @description `TimestampMismatchError`: it was changed again and again meanwhile. */
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
            /** @description It is what the `If-None-Match` header names. */
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
            /** @description It is what the `If-None-Match` header names. */
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
