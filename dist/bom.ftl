<#-- CycloneDX. Its own plugin for Maven does nothing without the network; this is made of what THIRD-PARTY.txt is made of. -->
<#function isOurs library><#return library.groupId == "confab"></#function>
<#assign ours = dependencyMap?filter(entry -> isOurs(entry.key))>
<#assign others = dependencyMap?filter(entry -> !isOurs(entry.key))>
{
  "bomFormat": "CycloneDX",
  "specVersion": "1.6",
  "version": 1,
  "metadata": {
    "component": {"type": "application", "bom-ref": "confab", "name": "confab", "version": "${ours[0].key.version}"}
  },
  "components": [
<#list others as entry>
<#assign purl = "pkg:maven/" + entry.key.groupId + "/" + entry.key.artifactId + "@" + entry.key.version>
    {
      "type": "library",
      "bom-ref": "${purl}",
      "group": "${entry.key.groupId}",
      "name": "${entry.key.artifactId}",
      "version": "${entry.key.version}",
      "licenses": [{"expression": "${entry.value?join(" OR ")?json_string}"}],
      "purl": "${purl}"
    }<#sep>,</#sep>
</#list>
  ]
}
