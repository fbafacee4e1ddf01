/**
 * Lines of iptables-save text: their shape, not their words.
 *
 * LL(1): every decision is made on one token, and the words of a command are tokens of one rule,
 * since each rule call costs. Which values an option takes is known to the extension it belongs to,
 * not to the grammar; so an extension never touches this file.
 */
parser grammar IptablesSaveParser;

options { tokenVocab = IptablesSaveLexer; }

dump
    : ( line | NEWLINE )* EOF
    ;

line
    : ( tableHeader | chainDeclaration | commit | command ) ( NEWLINE | EOF )
    ;

tableHeader
    : ASTERISK TABLE_NAME
    ;

chainDeclaration
    : COLON CHAIN_NAME POLICY COUNTERS?
    ;

commit
    : COMMIT
    ;

command
    : COUNTERS? PROGRAM? clause+
    ;

clause
    : OPTION ( ARGUMENT | UNCLOSED_ARGUMENT )*
    ;
