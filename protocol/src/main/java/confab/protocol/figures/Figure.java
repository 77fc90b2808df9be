package confab.protocol.figures;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes what a method returns a metric of the edge: `edge` finds it and renders it at `/metrics`.
/// On a component of a record it means the component.
///
/// The method returns a number or a boolean, 1 for true. It takes nothing, or one constant of an
/// enum that is [Labelled], which is the metric's label then. Any thread calls it, often.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Figure {
  /// What it means, to who looks at the metric.
  String value();

  /// The metric's name behind what all of its class have in common, in words with dots between.
  /// Default: the method's name, `droppedIn` being `dropped.in`.
  String name() default "";

  /// Names the label whose values are the enum's constants.
  String by() default "";

  /// Whether it goes up and down. Otherwise it only grows, from the start of the edge on.
  boolean gauge() default false;
}
