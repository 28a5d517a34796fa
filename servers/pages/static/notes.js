// What the person did in the views, remembered for the next question.

const MOST = 10;
const LONGEST = 300;
let kept = [];

// Keeps a sentence; the oldest go when there are too many.
export function note(text) {
  const said = text.trim().slice(0, LONGEST);
  if (said && kept.at(-1) !== said) kept = [...kept, said].slice(-MOST);
}

export const noted = () => kept;

// Forgets what the server has been told.
export function told(sentences) {
  kept = kept.filter((each) => !sentences.includes(each));
}
