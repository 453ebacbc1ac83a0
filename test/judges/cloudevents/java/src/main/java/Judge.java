import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.MessageWriter;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The CloudEvents SDK for Java. See test/judges/cloudevents.test.ts for what it reads and prints. */
public final class Judge {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "publish" -> publish(URI.create(args[1]), args[2], new File(args[3]));
      case "read" -> read(new File(args[1]));
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void publish(URI url, String key, File file) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    for (JsonNode sample : JSON.readTree(file)) {
      HttpRequest.Builder request = HttpRequest.newBuilder(url).header("authorization", "Bearer " + key);
      MessageWriter<?, ?> writer =
          HttpMessageFactory.createWriter(
              (name, value) -> request.header(name, name.startsWith("ce-") ? percentEncoded(value) : value),
              body -> request.POST(body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body)));
      if (sample.get("mode").textValue().equals("binary")) {
        writer.writeBinary(eventOf(sample));
      } else {
        writer.writeStructured(eventOf(sample), JsonFormat.CONTENT_TYPE);
      }
      var response = client.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() != 202) {
        throw new IllegalStateException(sample + ": " + response.statusCode() + " " + response.body());
      }
    }
  }

  /** Encode a header's value (HTTP binding, 3.1.3.2), which the SDK leaves to its caller. */
  private static String percentEncoded(String value) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      boolean isPlain = each > ' ' && each < 0x7f && each != '"' && each != '%';
      encoded.append(isPlain ? String.valueOf((char) each) : String.format("%%%02X", each));
    }
    return encoded.toString();
  }

  private static CloudEvent eventOf(JsonNode sample) throws Exception {
    CloudEventBuilder event = CloudEventBuilder.v1();
    String contentType = null;
    for (Map.Entry<String, JsonNode> attribute : sample.get("attributes").properties()) {
      String text = attribute.getValue().asText();
      switch (attribute.getKey()) {
        case "id" -> event.withId(text);
        case "source" -> event.withSource(URI.create(text));
        case "type" -> event.withType(text);
        case "subject" -> event.withSubject(text);
        case "dataschema" -> event.withDataSchema(URI.create(text));
        case "datacontenttype" -> contentType = text;
        case "time" -> event.withTime(OffsetDateTime.parse(text));
        default -> setExtension(event, attribute.getKey(), attribute.getValue());
      }
    }
    String data = sample.get("data").textValue();
    return switch (sample.get("kind").textValue()) {
      case "none" -> event.build();
      case "bytes" -> event.withData(contentType, Base64.getDecoder().decode(data)).build();
      case "json" -> event.withData(contentType, JsonCloudEventData.wrap(JSON.readTree(data))).build();
      default -> event.withData(contentType, data.getBytes(StandardCharsets.UTF_8)).build();
    };
  }

  private static void setExtension(CloudEventBuilder event, String name, JsonNode value) {
    if (value.isBoolean()) {
      event.withExtension(name, value.booleanValue());
    } else if (value.isInt()) {
      event.withExtension(name, value.intValue());
    } else {
      event.withExtension(name, value.textValue());
    }
  }

  private static void read(File file) throws Exception {
    List<Map<String, Object>> events = new ArrayList<>();
    for (JsonNode request : JSON.readTree(file)) {
      Map<String, String> headers = new HashMap<>();
      request.get("headers").properties().forEach(each -> headers.put(each.getKey(), each.getValue().asText()));
      byte[] body = request.get("body").textValue().getBytes(StandardCharsets.UTF_8);
      events.add(understood(HttpMessageFactory.createReader(headers, body).toEvent()));
    }
    System.out.println(JSON.writeValueAsString(events));
  }

  private static Map<String, Object> understood(CloudEvent event) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (String name : event.getAttributeNames()) {
      Object value = event.getAttribute(name);
      if (value != null) {
        attributes.put(name, value instanceof URI || value instanceof OffsetDateTime ? value.toString() : value);
      }
    }
    attributes.put("specversion", event.getSpecVersion().toString());
    for (String name : event.getExtensionNames()) {
      attributes.put(name, event.getExtension(name));
    }
    Map<String, Object> understood = new LinkedHashMap<>();
    understood.put("attributes", attributes);
    // In base64.
    understood.put("data", event.getData() == null ? null : event.getData().toBytes());
    return understood;
  }
}
