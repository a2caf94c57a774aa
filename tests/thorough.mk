# The slower and deeper checks; included by the Makefile, which explains the settings.

.PHONY: torture
# Every allocation and every call of the system failing in turn; `make test` takes some of them.
torture:
	@GAZE_TORTURE=1 $(MAKE) test T=torture
