// Publish an event over HTTPS.
//
//	ANCRAGE_URL=https://… ANCRAGE_KEY=ancrage_key_… PROJECT=erp go run . invoice.paid '{"id": "inv_1", "total": 120.50}'
//
// The address is the output ApiUrl of the stack; the key needs the scope publish.
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"
)

type event struct {
	Type string `json:"type"`
	// The same id in each try: the event is delivered once, however often it is sent.
	ID   string          `json:"id"`
	Data json.RawMessage `json:"data"`
}

const tries = 5

// publish sends an event, and sends it again if the API is not there or asks to wait.
func publish(address, key, project string, body []byte) error {
	var last error
	for try := range tries {
		if try > 0 {
			time.Sleep(time.Second << try)
		}
		request, err := http.NewRequest("POST", address+"/v1/projects/"+project+"/events", bytes.NewReader(body))
		if err != nil {
			return err
		}
		request.Header.Set("Authorization", "Bearer "+key)
		request.Header.Set("Content-Type", "application/json")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			last = err
			continue
		}
		answer, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil {
			last = err
			continue
		}
		if response.StatusCode < 300 {
			fmt.Println(string(answer))
			return nil
		}
		last = fmt.Errorf("%s: %s", response.Status, answer)
		// Whatever else is wrong stays wrong.
		if response.StatusCode != http.StatusTooManyRequests && response.StatusCode < 500 {
			return last
		}
		if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil {
			time.Sleep(time.Duration(seconds) * time.Second)
		}
	}
	return fmt.Errorf("gave up after %d tries: %w", tries, last)
}

func run() error {
	if len(os.Args) != 3 {
		return errors.New("usage: publish <type> <data>")
	}
	body, err := json.Marshal(event{Type: os.Args[1], ID: "go-" + rand.Text(), Data: json.RawMessage(os.Args[2])})
	if err != nil {
		return err
	}
	return publish(os.Getenv("ANCRAGE_URL"), os.Getenv("ANCRAGE_KEY"), os.Getenv("PROJECT"), body)
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
