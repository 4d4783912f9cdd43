// One row of a list in which one is chosen. It comes into view as it is chosen, by arrow keys too, and not again at each drawing: a
// finger may scroll on.
import { type ComponentProps, useEffect, useRef } from 'react';

type Props = Omit<ComponentProps<'li'>, 'ref'> & { isChosen: boolean };

/** `className`: its columns. Whether a touch chooses it or already opens it (`onPointerDown`, `onClick`) the list decides. */
export function ListRow({ isChosen, className = '', ...rest }: Props) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  const ground = isChosen ? 'border-l-act bg-act-pale' : 'border-l-transparent';
  return (
    <li
      {...rest}
      ref={row}
      aria-current={isChosen}
      className={`key-small grid border-b border-l-6 border-b-line ${ground} ${className}`}
    />
  );
}
