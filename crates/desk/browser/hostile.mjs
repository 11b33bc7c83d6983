// Articles that try to do harm: tags, scripts, entities, turned text, words without an end, in every field.
const TAGS = `"><img src=x onerror="window.harmed=1"><script>window.harmed=1</script></script><svg onload=window.harmed=1>{{7*7}}\${window.harmed=1}`;
const TURNED = "\u202e\u2066\u200f\u061cevil\u0000\u0007\ufeff";
const LONG = "x".repeat(5000);
const WORDS = `President Vladimir Putin of Russia will visit Beijing, China, on May 16, 2031, the Kremlin said. "${TAGS}," Foreign Minister Sergei Lavrov said.`;

export const HARM = [TAGS, TURNED, LONG];

// Two that differ on whether and where.
const DISPUTED = [
  { id: "told", date: "2031-06-10", title: "Putin in Hanoi", source: "Oslo Post", text: "President Vladimir Putin of Russia visited Hanoi, Vietnam, on June 7, 2031, Foreign Minister Sergei Lavrov said." },
  { id: "denied", date: "2031-06-11", title: "No visit", source: "Bergen Daily", text: "The Kremlin denied on Wednesday that President Vladimir Putin of Russia had visited Hanoi, Vietnam, on June 7, 2031." },
];

export function articles() {
  return [...DISPUTED, ...hostile()];
}

function hostile() {
  return HARM.map((harm, at) => ({
    id: `hostile ${at} ${harm.slice(0, 200)}`,
    date: `2031-05-0${at + 1}`,
    title: `${harm} Putin to visit Beijing`,
    url: "javascript:window.harmed=1",
    source: `${harm.slice(0, 400)} Times`,
    text: `${WORDS}\n\n${harm} President Xi Jinping of China will meet President Vladimir Putin of Russia in Moscow on June 3, 2031, ${harm} told reporters on Friday.\n\n<b onmouseover=window.harmed=1>${harm}</b>`,
  }));
}
