import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";

/** Shows the workspace that a pull has opened, from its beginning. */
export function useEnterLinked(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useCallback(async () => {
    await navigate({ to: "/" });
    // Nothing of the project before may be taken for this one's.
    await client.resetQueries();
  }, [client, navigate]);
}
