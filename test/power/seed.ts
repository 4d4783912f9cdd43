// Seeded chance, the same as the fixtures'.
export { generator } from '../../fixtures/codes.ts';
