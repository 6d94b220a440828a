/* In the place of the language server where libjansson was not there when the tool was built. */
#include "editor/server.h"

int editor_serve(FILE *in, FILE *out)
{
	(void)in, (void)out;
	fputs("tcpclose-run: it was built without libjansson, which --lsp needs\n", stderr);
	return 1;
}
