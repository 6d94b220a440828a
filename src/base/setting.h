/* A name and a value that a script or an option of the command line sets, such as a sysctl. */
#ifndef TCPCLOSE_BASE_SETTING_H
#define TCPCLOSE_BASE_SETTING_H

#include "base/source.h"

struct setting {
	const char *name, *value; /* "net.ipv4.tcp_fin_timeout" (or with '/' for '.') and "60" */
	const struct setting *next;
	struct range where; /* the place in the script that asks for it */
};

#endif
