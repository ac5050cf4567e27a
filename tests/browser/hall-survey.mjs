// STUB: to be replaced
export const QUESTIONS = { one: "one", several: "several", scale: "scale", text: "text" };
export async function makeSurvey() {
  const code = [..."ABCDEF"].map(() => "ABCDEFGHJKMNPQRSVWXYZ23456789"[Math.floor(Math.random() * 29)]).join("");
  return { id: code, code };
}
