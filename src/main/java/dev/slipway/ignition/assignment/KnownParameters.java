package dev.slipway.ignition.assignment;

import dev.slipway.ignition.ParameterDeclaration;
import dev.slipway.ignition.ParameterValue;
import java.util.List;

/** What the profiles of this installation declare, all of them together: groups and tables do not know which of them a value is for. */
@FunctionalInterface
public interface KnownParameters {

    /** Every declaration of a parameter of this name. */
    List<ParameterDeclaration> of(String name);

    default boolean isDeclared(String name) {
        return !of(name).isEmpty();
    }

    /** Also where nobody knows: what no profile declares may be the secret of one that is still to come. */
    default boolean isSecret(String name) {
        List<ParameterDeclaration> declarations = of(name);
        return declarations.isEmpty() || declarations.stream().anyMatch(ParameterDeclaration::secret);
    }

    /** Whether there is no profile that could use this value, although there are some that declare the parameter. */
    default boolean isUnfit(String name, ParameterValue value) {
        List<ParameterDeclaration> declarations = of(name);
        return !declarations.isEmpty() && declarations.stream().noneMatch(declaration -> declaration.accept(value).isPresent());
    }
}
