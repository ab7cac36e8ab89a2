export {
  branchDirections,
  headRow,
  otherNodes,
  queryKeyDirection,
  type DirectionSource,
  type HeadSite,
  type QueryKeyOptions,
} from './branch-directions.js';
export {
  addDirection,
  orthonormalBasis,
  randomDirections,
  removeDirections,
  shareInDirections,
  unitDirection,
  type Basis,
  type Direction,
} from './directions.js';
