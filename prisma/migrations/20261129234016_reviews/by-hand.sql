-- By hand: what schema.prisma cannot declare.

-- Besides held campaigns: an upload that is reviewed is claimed only by workers that know what a review is. The others would import it.
CREATE OR REPLACE FUNCTION "leave_held_campaign"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  held_by uuid;
  is_review boolean;
BEGIN
  SELECT c.draft_id, u.review INTO held_by, is_review FROM csv_upload u JOIN campaign c ON c.id = u.campaign_id
  WHERE u.id = NEW.upload_id FOR KEY SHARE OF c;
  IF held_by IS NOT NULL OR is_review <> NEW.for_review THEN
    RETURN NULL;
  END IF;
  RETURN NEW;
END
$$;
