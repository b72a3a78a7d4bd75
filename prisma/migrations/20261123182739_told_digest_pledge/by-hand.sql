-- By hand: what schema.prisma cannot declare.

CREATE TRIGGER "pledge_stale_fingerprint" BEFORE UPDATE ON "pledge"
  FOR EACH ROW WHEN (NEW.told_digest = OLD.told_digest AND NEW.updated_at IS DISTINCT FROM OLD.updated_at)
  EXECUTE FUNCTION "forget_stale_fingerprint"();
