package dev.slipway.transport.fdo;

import dev.slipway.failure.Failure;
import dev.slipway.fdo.message.FdoErrorCode;
import dev.slipway.fdo.message.MessageType;
import dev.slipway.fdo.message.Protocol;
import java.util.Optional;

/** What a peer is told of a failure. */
final class FdoErrors {

    private FdoErrors() {}

    /** @param refused the message that failed, if its number was one */
    static FdoErrorCode codeOf(Failure failure, Optional<MessageType> refused) {
        boolean to0 = refused.filter(type -> type.protocol() == Protocol.TO0).isPresent();
        return switch (failure) {
            case Failure.Malformed f -> to0 ? codeOf(f.part()) : FdoErrorCode.MESSAGE_BODY_ERROR;
            case Failure.Invalid f -> FdoErrorCode.INVALID_MESSAGE_ERROR;
            case Failure.OutOfSequence f -> FdoErrorCode.INVALID_MESSAGE_ERROR;
            case Failure.SessionUnknown f -> FdoErrorCode.INVALID_JWT_TOKEN;
            case Failure.VoucherRejected f -> to0 ? FdoErrorCode.INVALID_OWNERSHIP_VOUCHER : FdoErrorCode.INVALID_MESSAGE_ERROR;
            case Failure.AttestationRejected f -> FdoErrorCode.INVALID_MESSAGE_ERROR;
            case Failure.OwnerSignatureRejected f -> FdoErrorCode.INVALID_OWNER_SIGN_BODY;
            case Failure.NotFound f -> FdoErrorCode.RESOURCE_NOT_FOUND;
            case Failure.Forbidden f -> FdoErrorCode.INVALID_MESSAGE_ERROR;
            case Failure.NotYet f -> FdoErrorCode.RESOURCE_NOT_FOUND;
            case Failure.NotAcceptable f -> FdoErrorCode.INVALID_MESSAGE_ERROR;
            case Failure.TooLarge f -> FdoErrorCode.MESSAGE_BODY_ERROR;
            case Failure.ConfigInvalid f -> FdoErrorCode.INTERNAL_SERVER_ERROR;
            case Failure.Conflict f -> FdoErrorCode.INTERNAL_SERVER_ERROR;
            case Failure.Busy f -> FdoErrorCode.INTERNAL_SERVER_ERROR;
            case Failure.Internal f -> FdoErrorCode.INTERNAL_SERVER_ERROR;
        };
    }

    private static FdoErrorCode codeOf(Failure.Malformed.Part part) {
        return switch (part) {
            case MESSAGE -> FdoErrorCode.MESSAGE_BODY_ERROR;
            case ADDRESS -> FdoErrorCode.INVALID_IP_ADDRESS;
            case GUID -> FdoErrorCode.INVALID_GUID;
        };
    }
}
