/**
 * Lines of iptables-save text: their shape, not their words.
 *
 * LL(1): every decision is made on one token. The words of a command are tokens of one rule, since
 * each rule call costs. Which values an option takes is known to the extension it belongs to, not to
 * the grammar, so an extension never touches this file.
 */
parser grammar IptablesSaveParser;

options { tokenVocab = IptablesSaveLexer; }

// The last line ends in NEWLINE too: whoever supplies the tokens adds one where the text has none.
dump
    : ( ( command | chainDeclaration | tableHeader | commit | unreadable )? NEWLINE )* EOF
    ;

tableHeader
    : ASTERISK TABLE_NAME IGNORED_WORD*
    ;

chainDeclaration
    : COLON CHAIN_NAME POLICY COUNTERS? IGNORED_WORD*
    ;

commit
    : COMMIT
    ;

command
    : ( COUNTERS | BAD_COUNTERS | PROGRAM )? BANG? OPTION ( OPTION | ARGUMENT | UNCLOSED_ARGUMENT )*
      ( BANG ( OPTION | ARGUMENT | UNCLOSED_ARGUMENT )* )*
    ;

// What no line begins with. A rule of its own, so that a long run of such lines throws no exceptions.
unreadable
    : ( ARGUMENT | UNCLOSED_ARGUMENT | INDENTED_COMMENT | UNCLOSED_COUNTERS )
      ( BANG | OPTION | ARGUMENT | UNCLOSED_ARGUMENT )*
    ;
