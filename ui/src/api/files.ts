/** Files for others: saved where the user says. */
import { platform } from "../platform/platform";
import { asRpcError } from "./error";

/** Saves a text, with `name` as a proposal. Gives where it was saved, or null when they gave up. */
export async function saveText(name: string, text: string): Promise<string | null> {
  try {
    return await platform.saveText(name, text);
  } catch (thrown) {
    throw asRpcError(thrown);
  }
}

/** Saves a picture, with `name` as a proposal. Gives where it was saved, or null when they gave up. */
export async function savePicture(name: string, picture: Blob): Promise<string | null> {
  try {
    return await platform.saveBytes(name, new Uint8Array(await picture.arrayBuffer()));
  } catch (thrown) {
    throw asRpcError(thrown);
  }
}
