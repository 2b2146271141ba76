package com.fasterxml.jackson.datatype.jsr310.deser;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.util.function.BiFunction;
import java.util.function.Function;

/** See {@link com.fasterxml.jackson.datatype.jsr310.JavaTimeModule}: texts only, numbers stand for no instant in the contract. */
public class InstantDeserializer<T extends Temporal> extends StdDeserializer<T> {
  private final DateTimeFormatter format;
  private final Function<TemporalAccessor, T> parse;

  protected InstantDeserializer(Class<T> type, DateTimeFormatter format, Function<TemporalAccessor, T> parse,
      Function<FromIntegerArguments, T> fromInteger, Function<FromDecimalArguments, T> fromDecimal, BiFunction<T, ZoneId, T> adjust,
      boolean replaceZeroOffset, boolean normalizeZone, boolean readNumericStrings) {
    super(type);
    this.format = format;
    this.parse = parse;
  }

  @Override
  public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
    return _fromString(in, context, in.getText());
  }

  protected T _fromString(JsonParser in, DeserializationContext context, String text) throws IOException {
    return parse.apply(format.parse(text));
  }

  public static class FromIntegerArguments {
    public long value;
    public ZoneId zoneId;
  }

  public static class FromDecimalArguments {
    public long integer;
    public int fraction;
    public ZoneId zoneId;
  }
}
