// What docs/battery.md takes from src/claim: the predictions, and their thresholds.

/** A section for each prediction. @param claim the exports of src/claim */
export function predictionsMarkdown({ PREDICTIONS, ROLE_DESCRIPTIONS }) {
  const roles = Object.entries(ROLE_DESCRIPTIONS).map(([role, description]) => `- _${role}_: ${description}`);
  const sections = PREDICTIONS.map((prediction) => {
    const { id, title, role, predicts, falsifiedBy, doesNotShow, thresholds } = prediction;
    const weight = prediction.necessary ? ', necessary' : prediction.causal ? ', causal' : '';
    const names = Object.keys(thresholds).map((name) => `\`${name}\``);
    return [
      `### ${id} ${title}`,
      `_Predicts._ ${predicts}`,
      `_Falsified by._ ${falsifiedBy}`,
      `_Does not show._ ${doesNotShow}`,
      `_Role._ ${role}${weight}. _Thresholds._ ${names.join(', ')}.`,
    ].join('\n\n');
  });
  return ['Each prediction has a role:', roles.join('\n'), ...sections].join('\n\n');
}

/** A row for each threshold. @param claim the exports of src/claim */
export function thresholdsMarkdown({ THRESHOLDS }) {
  const rows = Object.entries(THRESHOLDS).map(([name, { direction, support, contradict, why }]) => {
    const [sign, opposite] = direction === 'above' ? ['>', '<'] : ['<', '>'];
    return `| \`${name}\` | ${direction} | ${sign} ${support} | ${opposite} ${contradict} | ${why} |`;
  });
  return ['| threshold | search lies | supports | contradicts | why |', '| - | - | - | - | - |', ...rows].join('\n');
}
