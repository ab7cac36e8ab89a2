// Runs a bundle of tfjs-core's tests under Jasmine and prints one JSON array of { name, status, messages }.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const jasmineCore = require('jasmine-core');
const jasmine = jasmineCore.boot(true);
const environment = jasmine.getEnv();
for (const name of [
  'describe',
  'it',
  'xit',
  'fit',
  'expect',
  'expectAsync',
  'beforeEach',
  'afterEach',
  'beforeAll',
  'afterAll',
  'spyOn',
  'fail',
  'pending',
  'xdescribe',
  'fdescribe',
])
  globalThis[name] = environment[name].bind(environment);
globalThis.jasmine = jasmine;
require(process.argv[2]);

const results = [];
environment.configure({ random: false });
environment.addReporter({
  specDone: ({ fullName, status, failedExpectations }) =>
    results.push({ name: fullName, status, messages: failedExpectations.map(({ message }) => message.slice(0, 300)) }),
});
await environment.execute();
process.stdout.write(JSON.stringify(results));
