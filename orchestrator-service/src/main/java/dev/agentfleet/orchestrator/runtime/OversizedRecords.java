package dev.agentfleet.orchestrator.runtime;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jboss.logging.Logger;

/**
 * The last resort for a record that Kafka will not take: drops it and says so, because the thread would otherwise fail on
 * it again after every restart. The contract's limits leave enough room that it never comes to this.
 */
public final class OversizedRecords implements ProductionExceptionHandler {

    private static final Logger LOG = Logger.getLogger(OversizedRecords.class);

    @Override
    public ProductionExceptionHandlerResponse handle(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        if (exception instanceof RecordTooLargeException) {
            LOG.errorf(
                    "dropped a record that is too large: topic=%s partition=%s bytes=%d",
                    record.topic(), record.partition(), record.value() == null ? 0 : record.value().length);
            return ProductionExceptionHandlerResponse.CONTINUE;
        }
        return ProductionExceptionHandlerResponse.FAIL;
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // Nothing to set.
    }
}
