export default function View() {
  return <h1>actors</h1>;
}
