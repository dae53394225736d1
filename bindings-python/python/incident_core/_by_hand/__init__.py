"""What is written by hand beside the generated facades: the lane for numbers."""
