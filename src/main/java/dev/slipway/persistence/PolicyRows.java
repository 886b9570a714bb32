package dev.slipway.persistence;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.policy.PolicyRevision;
import dev.slipway.policy.PolicyStore;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;

/** Policies as a table. */
@Singleton
public final class PolicyRows implements PolicyStore {

    private final Writes writes;
    private final SessionFactory sessions;
    private final AuditRows audit;

    PolicyRows(Writes writes, SessionFactory sessions, AuditRows audit) {
        this.writes = writes;
        this.sessions = sessions;
        this.audit = audit;
    }

    @Override
    public Optional<PolicyRevision> latest(String policy) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return latest(session, policy).map(PolicyRows::revision);
        }
    }

    private static Optional<PolicyRevisionEntity> latest(StatelessSession session, String policy) {
        return ofPolicy(session, policy).setMaxResults(1).getResultStream().findFirst();
    }

    private static SelectionQuery<PolicyRevisionEntity> ofPolicy(StatelessSession session, String policy) {
        return session.createSelectionQuery("from PolicyRevisionEntity where policy = :policy order by number desc", PolicyRevisionEntity.class)
                .setParameter("policy", policy);
    }

    @Override
    public Optional<PolicyRevision> revision(String policy, int number) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return session
                    .createSelectionQuery("from PolicyRevisionEntity where policy = :policy and number = :number", PolicyRevisionEntity.class)
                    .setParameter("policy", policy)
                    .setParameter("number", number)
                    .uniqueResultOptional()
                    .map(PolicyRows::revision);
        }
    }

    @Override
    public List<PolicyRevision> revisions(String policy) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return ofPolicy(session, policy).getResultStream().map(PolicyRows::revision).toList();
        }
    }

    @Override
    public List<PolicyRevision> list(Optional<String> after, int limit) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return session
                    .createSelectionQuery(
                            "from PolicyRevisionEntity r where policy > :after"
                                    + " and number = (select max(number) from PolicyRevisionEntity where policy = r.policy) order by policy",
                            PolicyRevisionEntity.class)
                    .setParameter("after", after.orElse(""))
                    .setMaxResults(limit)
                    .getResultStream()
                    .map(PolicyRows::revision)
                    .toList();
        }
    }

    private static PolicyRevision revision(PolicyRevisionEntity row) {
        return new PolicyRevision(
                row.policy, row.number, Bytes.of(row.hash), row.author, row.comment, Instant.ofEpochMilli(row.createdAt), Bytes.of(row.contents));
    }

    @Override
    public void add(PolicyRevision revision, AuditEvent event) {
        writes.run(session -> {
            int before = latest(session, revision.policy()).map(row -> row.number).orElse(0);
            if (before + 1 != revision.number()) {
                throw new Conflict("somebody else applied the policy '" + revision.policy() + "' meanwhile; look at it and try again");
            }
            PolicyRevisionEntity row = new PolicyRevisionEntity();
            row.policy = revision.policy();
            row.number = revision.number();
            row.hash = revision.hash().toArray();
            row.author = revision.author();
            row.comment = revision.comment();
            row.createdAt = revision.createdAt().toEpochMilli();
            row.contents = revision.contents().toArray();
            session.insert(row);
            return audit.insert(session, event);
        });
    }
}
