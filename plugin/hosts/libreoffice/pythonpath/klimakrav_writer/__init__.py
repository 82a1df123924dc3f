"""klimakrav in LibreOffice Writer: the office's document on one side, the C library on the other."""
