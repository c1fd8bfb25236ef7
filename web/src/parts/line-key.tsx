/** What the two kinds of lines between parties mean. */
export function LineKey() {
  return (
    <>
      <span>
        <svg class="stroke conflict" viewBox="0 0 28 10" aria-hidden="true">
          <path class="line" d="M0 5H28" stroke-width="2.5" />
        </svg>{" "}
        mostly conflict
      </span>
      <span>
        <svg class="stroke cooperation" viewBox="0 0 28 10" aria-hidden="true">
          <path class="line" d="M0 5H28" stroke-width="2.5" stroke-dasharray="5 4" />
        </svg>{" "}
        mostly cooperation
      </span>
    </>
  );
}
