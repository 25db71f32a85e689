package dev.refundhub.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every pod may do, and may not. */
class PodsTest {

    static Stream<Pod> pods() {
        return Kustomize.whole().flatMap(rendered -> rendered.pods().stream());
    }

    @ParameterizedTest
    @MethodSource("pods")
    void everyPodMeetsTheRestrictedProfile(Pod pod) {
        PodSpec spec = pod.spec();
        PodSecurityContext whole = spec.getSecurityContext();
        SecurityContext own = pod.container().getSecurityContext();

        assertTrue(whole.getRunAsNonRoot());
        assertTrue(whole.getRunAsUser() > 0);
        assertEquals("RuntimeDefault", whole.getSeccompProfile().getType());
        assertFalse(own.getAllowPrivilegeEscalation());
        assertEquals(List.of("ALL"), own.getCapabilities().getDrop());
        assertTrue(own.getCapabilities().getAdd().isEmpty());
        assertNull(own.getPrivileged());
        assertNull(own.getRunAsUser());
        assertNull(own.getRunAsNonRoot());
        assertNull(own.getSeccompProfile());
        assertNull(spec.getHostNetwork());
        assertNull(spec.getHostPID());
        assertNull(spec.getHostIPC());
        assertTrue(spec.getInitContainers().isEmpty());
        pod.container().getPorts().forEach(port -> assertNull(port.getHostPort()));
        spec.getVolumes().forEach(volume -> assertTrue(isAllowed(volume), volume.getName()));
    }

    private static boolean isAllowed(Volume volume) {
        return volume.getConfigMap() != null || volume.getSecret() != null || volume.getEmptyDir() != null;
    }

    @ParameterizedTest
    @MethodSource("pods")
    void everyPodWritesNowhereButToItsOwnTmp(Pod pod) {
        List<String> written = pod.container().getVolumeMounts().stream()
                .filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .map(VolumeMount::getMountPath)
                .toList();

        assertTrue(pod.container().getSecurityContext().getReadOnlyRootFilesystem());
        assertEquals(List.of("/tmp"), written);
    }

    @ParameterizedTest
    @MethodSource("pods")
    void everyVolumeIsMountedAndEveryMountIsAVolume(Pod pod) {
        List<String> volumes =
                pod.spec().getVolumes().stream().map(Volume::getName).sorted().toList();
        List<String> mounts = pod.container().getVolumeMounts().stream()
                .map(VolumeMount::getName)
                .sorted()
                .toList();

        assertEquals(volumes, mounts);
    }

    @ParameterizedTest
    @MethodSource("pods")
    void noPodCanSpeakToTheApiServer(Pod pod) {
        assertFalse(pod.spec().getAutomountServiceAccountToken());
    }

    @ParameterizedTest
    @MethodSource("dev.refundhub.kubernetes.Kustomize#whole")
    void everyPodHasTheAccountOfItsService(Rendered rendered) {
        for (Pod pod : rendered.pods()) {
            ServiceAccount account = rendered.all(ServiceAccount.class).stream()
                    .filter(each ->
                            each.getMetadata().getName().equals(pod.spec().getServiceAccountName()))
                    .findFirst()
                    .orElseThrow();

            assertEquals(pod.service(), account.getMetadata().getName());
            assertFalse(account.getAutomountServiceAccountToken());
        }
    }

    @ParameterizedTest
    @MethodSource("pods")
    void theNamesOfServicesInTheClusterNeverBecomeSettings(Pod pod) {
        assertFalse(pod.spec().getEnableServiceLinks());
    }

    @ParameterizedTest
    @MethodSource("pods")
    void everyPodHasTheMemoryItAsksForAndTheHeapIsAShareOfIt(Pod pod) {
        Quantity limit = pod.container().getResources().getLimits().get("memory");

        assertEquals(limit, pod.container().getResources().getRequests().get("memory"));
        assertTrue(pod.container().getResources().getRequests().containsKey("cpu"));
        assertTrue(pod.variable("JAVA_TOOL_OPTIONS").orElseThrow().getValue().contains("-XX:MaxRAMPercentage=50"));
        assertTrue(Quantity.getAmountInBytes(limit).longValueExact() / 2 >= 256L * 1024 * 1024, limit.toString());
    }
}
