package dev.slipway.fdo.serviceinfo;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far service info has come; a value in the session's state.
 *
 * @param plan there once the device has said what it is
 * @param step index of the step being done
 * @param stepProgress of that step; absent before it begins
 * @param rounds messages taken so far
 * @param idleRounds messages in a row that brought nothing while a step waited
 * @param skipped steps that the device could not or would not do, in words for the operator
 */
public record ServiceInfoProgress(
        Devmod devmod,
        Reassembly reassembly,
        Optional<Plan> plan,
        int step,
        Optional<StepProgress> stepProgress,
        int rounds,
        int idleRounds,
        List<String> skipped) {

    public static final ServiceInfoProgress BEGIN =
            new ServiceInfoProgress(Devmod.NOTHING_YET, Reassembly.EMPTY, Optional.empty(), 0, Optional.empty(), 0, 0, List.of());

    /** What it keeps in memory. */
    public int octets() {
        return reassembly.pending().length() + plan.stream().flatMap(p -> p.steps().stream()).mapToInt(OwnerModule::octets).sum();
    }

    Optional<OwnerModule> module() {
        return plan.filter(p -> step < p.steps().size()).map(p -> p.steps().get(step));
    }

    ServiceInfoProgress nextRound(Reassembly newReassembly) {
        return new ServiceInfoProgress(devmod, newReassembly, plan, step, stepProgress, rounds + 1, idleRounds, skipped);
    }

    ServiceInfoProgress with(Devmod newDevmod) {
        return new ServiceInfoProgress(newDevmod, reassembly, plan, step, stepProgress, rounds, idleRounds, skipped);
    }

    ServiceInfoProgress with(StepProgress newStepProgress) {
        return new ServiceInfoProgress(devmod, reassembly, plan, step, Optional.of(newStepProgress), rounds, idleRounds, skipped);
    }

    ServiceInfoProgress with(Plan newPlan) {
        return new ServiceInfoProgress(devmod, reassembly, Optional.of(newPlan), step, stepProgress, rounds, idleRounds, skipped);
    }

    ServiceInfoProgress sent(StepProgress newStepProgress, boolean idle) {
        return new ServiceInfoProgress(
                devmod, reassembly, plan, step, Optional.of(newStepProgress), rounds, idle ? idleRounds + 1 : 0, skipped);
    }

    ServiceInfoProgress nextStep() {
        return new ServiceInfoProgress(devmod, reassembly, plan, step + 1, Optional.empty(), rounds, 0, skipped);
    }

    ServiceInfoProgress skippingStep(String why) {
        List<String> more = Stream.concat(skipped.stream(), Stream.of(why)).toList();
        return new ServiceInfoProgress(devmod, reassembly, plan, step + 1, Optional.empty(), rounds, 0, more);
    }
}
