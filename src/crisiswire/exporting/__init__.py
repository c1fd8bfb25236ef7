"""Events in the forms that people read and other programs take."""
