import { TemplateError } from '../errors.ts';
import type { Target } from '../parser/ast.ts';
import { iterate } from '../values/operators.ts';
import { Namespace, type Runtime, type Value } from '../values/values.ts';
import type { Scope } from './scope.ts';

/** Bind a value to a target. */
export function assign(target: Target, value: Value, scope: Scope, runtime: Runtime): void {
  switch (target.type) {
    case 'name':
      scope.set(target.name, value);
      return;
    case 'attribute': {
      const owner = scope.lookup(target.owner);
      if (!(owner instanceof Namespace))
        throw new TemplateError('cannot assign attribute on non-namespace object');
      runtime.meter.slots(owner.entries.size + 1);
      owner.entries.set(target.name, value);
      return;
    }
    case 'tuple': {
      const values = iterate(value, runtime.meter);
      const { items } = target;
      if (values.length > items.length)
        throw new TemplateError(`too many values to unpack (expected ${items.length})`);
      if (values.length < items.length)
        throw new TemplateError(
          `not enough values to unpack (expected ${items.length}, got ${values.length})`,
        );
      for (const [at, each] of items.entries()) assign(each, values[at] as Value, scope, runtime);
    }
  }
}
