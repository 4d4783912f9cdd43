// The plain colours of the screen test: a dead or bright pixel shows on at least one of them.
export const plainColours = [
  { name: 'white', ground: '#ffffff', ink: '#000000' },
  { name: 'black', ground: '#000000', ink: '#ffffff' },
  { name: 'red', ground: '#ff0000', ink: '#ffffff' },
  { name: 'green', ground: '#00ff00', ink: '#000000' },
  { name: 'blue', ground: '#0000ff', ink: '#ffffff' },
  { name: 'grey', ground: '#808080', ink: '#ffffff' },
] as const;

/** Sixteen steps from black to white: each must differ from its neighbours. */
export const greySteps = Array.from(
  { length: 16 },
  (_, index) => `rgb(${[17, 17, 17].map((step) => step * index).join(' ')})`,
);
