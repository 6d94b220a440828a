/* A name and a value that a script or an option sets: a sysctl, for one. */
#ifndef TCPCLOSE_BASE_SETTING_H
#define TCPCLOSE_BASE_SETTING_H

#include "base/source.h"

struct setting {
	const char *name, *value; /* "net.ipv4.tcp_fin_timeout" (or with '/'), "60" */
	const struct setting *next;
	struct range where; /* who asks for it */
};

#endif
