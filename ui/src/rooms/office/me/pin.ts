/** The form of a PIN, as it is typed. Whether it is a good one, the desk says. */
import type { Problem } from "../../../kit/Form.svelte";

/** What is wrong with a PIN typed twice. */
export function problemsOfPin(
  pin: string,
  again: string,
  say: { pinWrong: string; pinDiffers: string },
): Problem[] {
  if (!/^[0-9]{6}$/.test(pin)) return [{ field: "pin", text: say.pinWrong }];
  if (pin !== again) return [{ field: "pin-again", text: say.pinDiffers }];
  return [];
}
