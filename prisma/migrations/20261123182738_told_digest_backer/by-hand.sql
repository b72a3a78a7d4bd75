-- By hand: what schema.prisma cannot declare.

-- Workers of the version before know nothing of fingerprints. What they write (they set "updated_at") must not keep one
-- that says something else. To be removed when none of them can run any more.
CREATE FUNCTION "forget_stale_fingerprint"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.told_digest := NULL;
  RETURN NEW;
END
$$;

CREATE TRIGGER "backer_stale_fingerprint" BEFORE UPDATE ON "backer"
  FOR EACH ROW WHEN (NEW.told_digest = OLD.told_digest AND NEW.updated_at IS DISTINCT FROM OLD.updated_at)
  EXECUTE FUNCTION "forget_stale_fingerprint"();
