// What docs/battery.md takes from src/claim: the predictions, and their thresholds. What falsifies each stands in every result.

/** `name` > 0.75 (< 0.65): where a criterion supports, and in brackets where it contradicts. */
const thresholdLine = ([name, { direction, support, contradict, why }]) => {
  const [sign, opposite] = direction === 'above' ? ['>', '<'] : ['<', '>'];
  const contradicting = contradict === null ? '' : ` (${opposite} ${contradict})`;
  return `- \`${name}\` ${sign} ${support}${contradicting}: ${why}`;
};

/** A section for each prediction, with its thresholds. @param claim the exports of src/claim */
export function predictionsMarkdown({ PREDICTIONS, ROLE_DESCRIPTIONS }) {
  const named = (wanted) =>
    PREDICTIONS.filter(wanted)
      .map(({ id }) => id)
      .join(', ');
  const roles = Object.entries(ROLE_DESCRIPTIONS).map(([role, description]) => {
    const ids = role === 'search' ? 'all others' : named((one) => one.role === role);
    return `- _${role}_ (${ids}): ${description}`;
  });
  const kinds = [...new Set(PREDICTIONS.map(({ evidence }) => evidence))].map(
    (kind) => `_${kind}_ ${named(({ evidence }) => evidence === kind)}`,
  );
  const sections = PREDICTIONS.map(({ id, title, predicts, doesNotShow, thresholds }) =>
    [
      `### ${id} ${title}`,
      predicts,
      `_Does not show:_ ${doesNotShow}`,
      Object.entries(thresholds).map(thresholdLine).join('\n'),
    ].join('\n\n'),
  );
  return [
    'Each prediction has a role:',
    roles.join('\n'),
    `Evidence: ${kinds.join('; ')}. Necessary: ${named((one) => one.necessary)}.`,
    ...sections,
  ].join('\n\n');
}

/** The thresholds that belong to no prediction. @param claim the exports of src/claim */
export function thresholdsMarkdown({ PREDICTIONS, THRESHOLDS }) {
  const ofPredictions = PREDICTIONS.flatMap(({ thresholds }) => Object.keys(thresholds));
  return Object.entries(THRESHOLDS)
    .filter(([name]) => !ofPredictions.includes(name))
    .map(thresholdLine)
    .join('\n');
}
