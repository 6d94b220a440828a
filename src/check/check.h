/*
 * Judges a capture with the model: what did each end of each connection do that no rule allows, and
 * in which frames? Nothing is known of the programs, and a packet that was captured may have been
 * lost afterwards. So only what is wrong in any case is reported.
 */
#ifndef TCPCLOSE_CHECK_CHECK_H
#define TCPCLOSE_CHECK_CHECK_H

#include <stdio.h>

#include "model/circumstances.h"

enum check_result { CHECK_NOTHING, CHECK_FOUND, CHECK_BROKEN };

/*
 * Reads the file of packets ("-" is standard input), and prints the findings and a last line that
 * counts. CHECK_BROKEN: the file could not be read to its end; the reason is printed to `errors`,
 * and what was found before is printed all the same.
 */
enum check_result check_pcap(const char *path, enum model_mode mode, FILE *out, FILE *errors);

#endif
