package dev.agentfleet.cli.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.agentfleet.cli.local.Child;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Asks Java processes of this machine for their heap and their processor time. */
final class ProcessMeter {
    private static final long MEGABYTE = 1024 * 1024;

    private ProcessMeter() {}

    /** What is alive in the heap, after a collection. */
    @SuppressWarnings("BanJNDI") // The other end is a child of this process.
    static long heapMegabytes(Child child) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(child.pid()));
            try (var connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
                MemoryMXBean memory = ManagementFactory.newPlatformMXBeanProxy(
                        connector.getMBeanServerConnection(), ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
                return used(memory);
            } finally {
                machine.detach();
            }
        } catch (IOException | AttachNotSupportedException e) {
            throw new BenchException(child.name() + " cannot be asked for its heap", e);
        }
    }

    static long ownHeapMegabytes() {
        return used(ManagementFactory.getMemoryMXBean());
    }

    private static long used(MemoryMXBean memory) {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed() / MEGABYTE;
    }

    static Duration cpu(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }
}
