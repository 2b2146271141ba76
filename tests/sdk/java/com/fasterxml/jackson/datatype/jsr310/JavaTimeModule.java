package com.fasterxml.jackson.datatype.jsr310;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.function.Function;

/** Stands in for the library of this name, which Debian does not package: dates and instants are ISO 8601 texts, as the contract has them. */
public class JavaTimeModule extends SimpleModule {
  public JavaTimeModule() {
    text(LocalDate.class, LocalDate::parse);
    text(OffsetDateTime.class, OffsetDateTime::parse);
  }

  private <T> void text(Class<T> type, Function<String, T> parse) {
    addSerializer(type, new StdSerializer<T>(type) {
      @Override
      public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
        out.writeString(value.toString());
      }
    });
    addDeserializer(type, new StdDeserializer<T>(type) {
      @Override
      public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
        return parse.apply(in.getText());
      }
    });
  }
}
