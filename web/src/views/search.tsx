export default function View() {
  return <h1>search</h1>;
}
