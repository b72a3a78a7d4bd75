-- By hand: what schema.prisma cannot declare.

-- A settlement that marks a pledge as GONE changes "updated_at", so that readers find it, and leaves what its last row said.
DROP TRIGGER "pledge_stale_fingerprint" ON "pledge";
CREATE TRIGGER "pledge_stale_fingerprint" BEFORE UPDATE ON "pledge"
  FOR EACH ROW WHEN (NEW.told_digest = OLD.told_digest AND NEW.updated_at IS DISTINCT FROM OLD.updated_at
    AND NEW.gone_sequence IS NOT DISTINCT FROM OLD.gone_sequence)
  EXECUTE FUNCTION "forget_stale_fingerprint"();
