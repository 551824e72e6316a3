"""What brings other people's files into a request folder: a batch of WhatDoTheyKnow, a tracker sheet, nothing yet."""
