// The CloudEvents SDK for Go. See test/judges/cloudevents.test.ts for what it reads and prints.
package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/cloudevents/sdk-go/v2/binding"
	"github.com/cloudevents/sdk-go/v2/event"
	cehttp "github.com/cloudevents/sdk-go/v2/protocol/http"
)

type sample struct {
	Mode       string
	Attributes map[string]any
	Kind       string
	Data       string
}

type request struct {
	Headers map[string]string
	Body    string
}

type understood struct {
	Attributes map[string]any `json:"attributes"`
	// In base64.
	Data []byte `json:"data"`
}

func main() {
	var err error
	switch os.Args[1] {
	case "publish":
		err = publish(os.Args[2], os.Args[3], os.Args[4])
	case "read":
		err = read(os.Args[2])
	default:
		err = fmt.Errorf("unknown command %q", os.Args[1])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func publish(url, key, path string) error {
	var samples []sample
	if err := load(path, &samples); err != nil {
		return err
	}
	for _, each := range samples {
		e, err := eventOf(each)
		if err != nil {
			return err
		}
		mode := binding.WithForceStructured
		if each.Mode == "binary" {
			mode = binding.WithForceBinary
		}
		req, err := cehttp.NewHTTPRequestFromEvent(mode(context.Background()), url, e)
		if err != nil {
			return err
		}
		req.Header.Set("Authorization", "Bearer "+key)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			return err
		}
		res.Body.Close()
		if res.StatusCode != http.StatusAccepted {
			return fmt.Errorf("%v: status %d", each, res.StatusCode)
		}
	}
	return nil
}

func eventOf(s sample) (event.Event, error) {
	e := event.New()
	contentType := ""
	for name, value := range s.Attributes {
		text, _ := value.(string)
		switch name {
		case "id":
			e.SetID(text)
		case "source":
			e.SetSource(text)
		case "type":
			e.SetType(text)
		case "subject":
			e.SetSubject(text)
		case "dataschema":
			e.SetDataSchema(text)
		case "datacontenttype":
			contentType = text
		case "time":
			at, err := time.Parse(time.RFC3339Nano, text)
			if err != nil {
				return e, err
			}
			e.SetTime(at)
		default:
			e.SetExtension(name, value)
		}
	}
	switch s.Kind {
	case "none":
		return e, e.Validate()
	case "bytes":
		data, err := base64.StdEncoding.DecodeString(s.Data)
		if err != nil {
			return e, err
		}
		return e, e.SetData(contentType, data)
	case "json":
		return e, e.SetData(contentType, json.RawMessage(s.Data))
	default:
		// The SDK encodes no other text than text/plain, but takes what is encoded.
		e.SetDataContentType(contentType)
		e.DataEncoded = []byte(s.Data)
		return e, e.Validate()
	}
}

func read(path string) error {
	var requests []request
	if err := load(path, &requests); err != nil {
		return err
	}
	events := []understood{}
	for _, each := range requests {
		req, err := http.NewRequest(http.MethodPost, "/", strings.NewReader(each.Body))
		if err != nil {
			return err
		}
		for name, value := range each.Headers {
			req.Header.Set(name, value)
		}
		e, err := cehttp.NewEventFromHTTPRequest(req)
		if err != nil {
			return err
		}
		events = append(events, understood{attributesOf(e), e.Data()})
	}
	return json.NewEncoder(os.Stdout).Encode(events)
}

func attributesOf(e *event.Event) map[string]any {
	attributes := map[string]any{
		"specversion": e.SpecVersion(),
		"id":          e.ID(),
		"source":      e.Source(),
		"type":        e.Type(),
		"subject":     e.Subject(),
		"dataschema":  e.DataSchema(),
		"time":        e.Time().Format(time.RFC3339Nano),
	}
	if contentType := e.DataContentType(); contentType != "" {
		attributes["datacontenttype"] = contentType
	}
	for name, value := range e.Extensions() {
		attributes[name] = value
	}
	return attributes
}

func load(path string, into any) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return json.NewDecoder(file).Decode(into)
}
