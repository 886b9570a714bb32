package dev.slipway.failure;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything that can be refused, as a closed list: each surface maps it in one exhaustive switch.
 *
 * <p>The message is the cause in words for the operator's log and the audit event; it holds no secret and never leaves to a peer.
 */
public abstract sealed class Failure extends RuntimeException {

    private Failure(String message) {
        super(message, null, false, false);
    }

    private Failure(String message, Throwable cause) {
        super(message, cause);
    }

    /** The stable word for this kind of failure, used in audit events: {@code malformed}, {@code session-unknown}, … */
    public String reason() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
    }

    /** Bytes that do not have the required shape. */
    public static final class Malformed extends Failure {
        /** What about the shape is wrong; TO0 has error codes of its own for addresses and GUIDs. */
        public enum Part {
            MESSAGE,
            ADDRESS,
            GUID
        }

        private final Part part;

        public Malformed(String message) {
            this(Part.MESSAGE, message);
        }

        public Malformed(Part part, String message) {
            super(message);
            this.part = part;
        }

        public Part part() {
            return part;
        }
    }

    /** The shape is right; a nonce, signature, MAC, hash or index is not. */
    public static final class Invalid extends Failure {
        public Invalid(String message) {
            super(message);
        }
    }

    /** Not allowed in this state of the session. */
    public static final class OutOfSequence extends Failure {
        public OutOfSequence(String message) {
            super(message);
        }
    }

    /** Session token missing, expired, spent, or of another protocol. */
    public static final class SessionUnknown extends Failure {
        public SessionUnknown(String message) {
            super(message);
        }
    }

    /** A check of an ownership voucher failed; {@code check} is its stable name. */
    public static final class VoucherRejected extends Failure {
        private final String check;

        public VoucherRejected(String check, String message) {
            super(check + ": " + message);
            this.check = check;
        }

        public String check() {
            return check;
        }
    }

    /** The owner's signature over to1d does not verify, or an owner tries to replace the blob of a later owner. */
    public static final class OwnerSignatureRejected extends Failure {
        public OwnerSignatureRejected(String message) {
            super(message);
        }
    }

    /** No such voucher, device, blob or template. */
    public static final class NotFound extends Failure {
        public NotFound(String message) {
            super(message);
        }
    }

    /** A template or a rendered config is not fit to be served; {@code findings} says why, completely. */
    public static final class ConfigInvalid extends Failure {
        private final transient List<Finding> findings;

        public ConfigInvalid(List<Finding> findings) {
            super(findings.stream().map(Finding::toString).collect(Collectors.joining("; ")));
            this.findings = List.copyOf(findings);
        }

        public List<Finding> findings() {
            return findings;
        }
    }

    /** Evidence of a TPM does not convince; {@code code} is the stable reason, {@code findings} says everything that was found. */
    public static final class AttestationRejected extends Failure {
        private final String code;
        private final transient List<Finding> findings;

        public AttestationRejected(String code, List<Finding> findings) {
            super(findings.stream().map(Finding::toString).collect(Collectors.joining("; ")));
            this.code = code;
            this.findings = List.copyOf(findings);
        }

        public String code() {
            return code;
        }

        public List<Finding> findings() {
            return findings;
        }
    }

    /** At odds with what is there: another version, another owner. */
    public static final class Conflict extends Failure {
        public Conflict(String message) {
            super(message);
        }
    }

    /** Not from here, not with this ticket, or not for so little proof. */
    public static final class Forbidden extends Failure {
        public Forbidden(String message) {
            super(message);
        }
    }

    /** The device has to wait: an operator has not decided yet. */
    public static final class NotYet extends Failure {
        public NotYet(String message) {
            super(message);
        }
    }

    /** What the client wants cannot be made of what there is: a version of the Ignition specification. */
    public static final class NotAcceptable extends Failure {
        public NotAcceptable(String message) {
            super(message);
        }
    }

    /** Over a limit. */
    public static final class TooLarge extends Failure {
        public TooLarge(String message) {
            super(message);
        }
    }

    /** Admission control: too much at once, or the same session is being served already. */
    public static final class Busy extends Failure {
        public Busy(String message) {
            super(message);
        }
    }

    /** Our own fault: storage, keys, configuration. */
    public static final class Internal extends Failure {
        public Internal(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
